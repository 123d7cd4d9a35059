import type { Json, JsonObject } from '../core/json.ts';
/** Whether a value satisfies a schema; `unknown` when the schema says what cannot be checked. */
export type SchemaVerdict = {
    readonly kind: 'satisfied';
} | {
    readonly kind: 'violated';
    readonly detail: string;
} | {
    readonly kind: 'unknown';
    readonly detail: string;
};
/**
 * Holds a value against a JSON Schema by zod's `z.fromJSONSchema`. What that cannot express is never passed in silence: `if`/`then`/`else`,
 * `not`, `dependentRequired`, `dependentSchemas`, `unevaluated…`, `$dynamicRef`, references to other documents, and `const` or `enum`
 * of objects and lists make the verdict `unknown`.
 */
export declare function checkSchema(schema: JsonObject, value: Json): SchemaVerdict;
