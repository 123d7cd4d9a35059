import type { JsonObject } from './json.ts';
/** Whether a value is an object with named fields: no list, no null. `T` narrows it further where the caller knows its shape. */
export declare function isObject<T extends object = JsonObject>(value: unknown): value is T;
