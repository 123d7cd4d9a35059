import type { JsonObject } from './json.ts';
/** The object that a text holds as JSON; undefined for anything else. */
export declare function parseObject(text: string): JsonObject | undefined;
