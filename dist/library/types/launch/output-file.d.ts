/** The outputs a process wrote, and what in the file could not be understood. */
export interface OutputFile {
    readonly outputs: Readonly<Record<string, string>>;
    readonly problem?: string;
}
/** The output files of a run, read one after the other. */
export type OutputReader = (path: string) => OutputFile;
/** Reads output files until they are more than a run may have; from then on there are no outputs. */
export declare function createOutputReader(mostBytes?: number): OutputReader;
/**
 * Reads what a process appended to `$ORCHESTRATOR_OUTPUT`; a file that was never made means no outputs. A link in its place is not followed: we may read
 * what a confined process may not.
 */
export declare function readOutputFile(path: string): OutputFile;
/**
 * Parses the syntax of GITHUB_OUTPUT: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`. A later value replaces an earlier one.
 * Reading stops at the first line that is neither.
 */
export declare function parseOutputs(text: string): OutputFile;
