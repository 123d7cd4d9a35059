import type { Json } from '../../core/json.ts';
import type { CustomParse } from '../../core/custom-runtime.ts';
import { type Accounting } from '../../core/usage.ts';
/** What the output of a declared CLI says, by its definition. */
export interface CustomReading {
    readonly text: string;
    /** What the path of the answer found, where that is no text. */
    readonly value?: Json;
    /** What it reports as gone wrong. */
    readonly error: string | undefined;
    readonly accounting: Accounting;
    /** Its tool calls, a line each. */
    readonly tools: readonly string[];
    /** What of the definition could not be applied, one line each. */
    readonly problems: readonly string[];
    /** False where the output is not what `format` says. */
    readonly readable: boolean;
}
/** Reads the whole standard output; `loadQueries` has settled. */
export declare function readOutput(output: string, parse: CustomParse): CustomReading;
/** The tool calls that one line of `ndjson` reports. */
export declare function toolsOfLine(line: Json, tools: string): string[];
