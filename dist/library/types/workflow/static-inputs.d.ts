import type { Json, JsonObject } from '../core/json.ts';
/** What an expression comes to before the run. */
export type StaticValue = {
    readonly kind: 'value';
    readonly value: Json;
}
/** It reads a required input that has no value yet, as when a file is only checked. */
 | {
    readonly kind: 'unknown';
} | {
    readonly kind: 'failing';
    readonly code: string;
    readonly message: string;
    readonly hint?: string | undefined;
}
/** It reads what is known only while running. */
 | {
    readonly kind: 'open';
};
/** A number, `true` or `false` as it is written. */
type Written = (owner: object, key: string) => string | undefined;
/** The inputs of a compilation, which are known before the run: expressions over them may stand wherever a value may. */
export interface StaticInputs {
    /** Takes the `inputs` of a document as they were written, before anything is validated; what is said again takes the place of what was said before. */
    declare(inputs: unknown, written: Written): void;
    evaluate(text: string): StaticValue;
    /** A text with the expressions that are known put in. */
    fold(text: string): string;
    /** The values there are. */
    readonly values: JsonObject;
    /** Whether an expression reads an input without a value. */
    isUnknown(text: string): boolean;
    /** The values that were put in. */
    readonly used: JsonObject;
    /** Names of the inputs whose values were missed: what reads them was left out. */
    readonly missed: ReadonlySet<string>;
}
/** The inputs with the values that were given, as texts. */
export declare function createStaticInputs(given: Readonly<Record<string, string>>): StaticInputs;
export {};
