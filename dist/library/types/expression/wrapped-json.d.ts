import * as data from '@actions/expressions/data/index';
import type { Json } from '../core/json.ts';
/** What may stand for a value: JSON, or nothing, which the language reads as null. */
export type MaybeJson = Json | undefined;
/** An object of JSON whose values may be missing. */
export type JsonSource = Readonly<Record<string, MaybeJson>>;
/**
 * A JSON value as the expression library wants it. Objects and arrays are wrapped, not copied: only what an expression
 * touches is converted, and a property that is a getter is asked for only then.
 */
export declare function wrapJson(value: MaybeJson): data.ExpressionData;
/** The JSON of a value of the expression library. Numbers that JSON cannot write (NaN, infinities) are null. */
export declare function toJson(value: data.ExpressionData | undefined): Json;
/**
 * Properties by their names in any case, as GitHub's dictionaries have them (the exact name wins). Own properties only,
 * so `constructor` and `__proto__` are names like any other.
 */
export declare class WrappedObject extends data.Dictionary {
    #private;
    constructor(source: JsonSource);
    get(name: string): data.ExpressionData | undefined;
    values(): data.ExpressionData[];
    pairs(): {
        key: string;
        value: data.ExpressionData;
    }[];
    /** The object that was wrapped, without the properties that are undefined. */
    toJson(): Json;
}
