/** How to run a short helper command. */
export interface RunProgramOptions {
    readonly cwd: string;
    /** The whole environment. */
    readonly env: Readonly<Record<string, string>>;
    /** It is killed after this many milliseconds. */
    readonly timeoutMs: number;
    readonly stdin?: string | Uint8Array;
}
/** What a helper command left; `code` is null when a signal ended it or it never ran. */
export interface ProgramResult {
    readonly code: number | null;
    readonly signal: string | null;
    readonly stdout: string;
    readonly stderr: string;
}
/**
 * Runs a helper command of ours (git, a version probe) and collects its output. Never rejects: a program that could not be started
 * has code null and the reason in `stderr`. Not for instances: no group, no logs, no sweep.
 */
export declare function runProgram(argv: readonly string[], options: RunProgramOptions): Promise<ProgramResult>;
