import type { JsonObject } from '../core/json.ts';
/** What a tool call does, in one line: its name and the argument that tells most. */
export declare function toolActivity(name: string, input: JsonObject | undefined): string;
