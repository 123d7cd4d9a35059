/** The outputs a process wrote, and what in the file could not be understood. */
export interface OutputFile {
    readonly outputs: Readonly<Record<string, string>>;
    readonly problem?: string;
}
/** Reads what a process appended to `$ORCHESTRATOR_OUTPUT`; a file that was never made means no outputs. */
export declare function readOutputFile(path: string): OutputFile;
/**
 * Parses the syntax of GITHUB_OUTPUT: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`. A later value replaces an earlier one.
 * Reading stops at the first line that is neither.
 */
export declare function parseOutputs(text: string): OutputFile;
