import type { JsonObject } from '../core/json.ts';
/** A text field; empty when it is not one. */
export declare const textField: (object: JsonObject | undefined, key: string) => string;
/** A field with an amount; 0 when it is not a finite number, or less than nothing. */
export declare const numberField: (object: JsonObject | undefined, key: string) => number;
/** An object field; undefined when it is not one. */
export declare const objectField: (object: JsonObject | undefined, key: string) => JsonObject | undefined;
/** The objects in a list field. */
export declare const objectsField: (object: JsonObject | undefined, key: string) => readonly JsonObject[];
