import type { Json } from '../core/json.ts';
/**
 * A small value that satisfies a JSON Schema: constants, the first of an enumeration, required properties only, as few items
 * as allowed. `pattern` and `format` are not followed but for dates and addresses.
 */
export declare function sampleOf(schema: Json, root?: Json, depth?: number): Json;
