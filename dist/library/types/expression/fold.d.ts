import type { Json } from '../core/json.ts';
/** What is known of an expression before the run: its value, that it can have none, or nothing (`open`). */
export type Folded = {
    readonly kind: 'constant';
    readonly value: Json;
} | {
    readonly kind: 'failing';
    readonly message: string;
} | {
    readonly kind: 'open';
};
/** Evaluates an expression (without `${{ }}`) that reads no context and asks no status but `always()`. */
export declare function foldExpression(source: string): Folded;
/** A template with the parts that are constant put in, where the result says the same; the others stand as written. */
export declare function foldTemplate(text: string): string;
/** JSON with every text in it that is one constant expression replaced by its value, of any type. */
export declare function foldValue(value: Json): Json;
