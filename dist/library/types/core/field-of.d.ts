import type { Json } from './json.ts';
/** A field of something that was not looked at yet, an event's payload or an answer of GitHub; undefined where there is none. */
export declare function fieldOf(value: Json | undefined, key: string): Json | undefined;
export declare function fieldOf(value: unknown, key: string): unknown;
