import type { Json, JsonObject } from '../core/json.ts';
/** Plain data of a document as JSON; what a mistake left undefined becomes null. */
export declare function toJson(value: unknown): Json;
/** A plain map as a JSON object. */
export declare function toJsonObject(map: object): JsonObject;
