import type { Json } from '../core/json.ts';
import { type StatusFunctions } from './functions.ts';
/** The values of the contexts by name. One that is known to the language and not here is null. */
export type Contexts = Readonly<Record<string, Json | undefined>>;
export type { StatusFunctions } from './functions.ts';
/** An expression could not be evaluated; `message` is one line for people. The only error that evaluation throws. */
export declare class EvaluationError extends Error {
    readonly name = "EvaluationError";
}
/** The value of an expression (without `${{ }}`). Numbers that JSON cannot write are null. */
export declare function evaluateExpression(source: string, contexts: Contexts, status?: StatusFunctions): Json;
/** A template with each `${{ }}` replaced by its value as text: null is empty, objects and arrays are `Object` and `Array`. */
export declare function renderTemplate(text: string, contexts: Contexts, status?: StatusFunctions): string;
/** Like `renderTemplate`, but a template that is exactly one `${{ }}` keeps the type of its value. */
export declare function evaluateTemplate(text: string, contexts: Contexts, status?: StatusFunctions): Json;
/** What a condition makes of a value: false, 0, the empty string and null are false. */
export declare function isTruthy(value: Json): boolean;
