import type { JsonObject } from '../core/json.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { InstanceEntry } from './schema-instance.ts';
import type { Layer, Settings } from './settings.ts';
/** Reads the files that drafts, agents and `defaults` name, so that expressions in them are checked with the others. */
export declare function preloadTexts(drafts: readonly Draft[], compiling: Compiling): void;
/** The text of `prompt`, or of the file `prompt-file` names. */
export declare function readPrompt(entry: InstanceEntry, compiling: Compiling): string | undefined;
/** The instructions of the nearest layer that has any. */
export declare function readInstructions(layers: readonly Layer[], compiling: Compiling): string | undefined;
/** The JSON Schema of `output-schema`: built in, inline, or in a file. */
export declare function readOutputSchema(settings: Settings, compiling: Compiling): JsonObject | undefined;
/** The MCP configuration of `mcp`: inline, or in a file, which is read here so that no agent is led to one that has changed since. */
export declare function readMcp(settings: Settings, compiling: Compiling): JsonObject | undefined;
