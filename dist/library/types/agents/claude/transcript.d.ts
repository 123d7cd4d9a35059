import type { JsonObject } from '../../core/json.ts';
/** The transcripts of an attempt's own configuration directory: those of its session and of its subagents. */
export interface ClaudeTranscripts {
    /** The messages of the model that have come since the last look, with their final usage. */
    next(): JsonObject[];
}
/** Follows what the CLI writes down while it runs; a message stands there with all of its tokens once it is complete. */
export declare function openClaudeTranscripts(configDirectory: string): ClaudeTranscripts;
