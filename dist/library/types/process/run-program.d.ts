/** How to run a short helper command. */
export interface RunProgramOptions {
    readonly cwd: string;
    /** The whole environment. */
    readonly env: Readonly<Record<string, string>>;
    /** It is killed after this many milliseconds, with what it started. */
    readonly timeoutMs: number;
    readonly stdin?: string | Uint8Array;
    /** It is killed, with what it started, when this aborts. */
    readonly abort?: AbortSignal;
    /** How its outputs become text; `latin1` keeps every byte. */
    readonly encoding?: 'utf8' | 'latin1';
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
 * has code null and the reason in `stderr`. It has a process group and a mark of its own, below that of `env`, so that its end by time takes
 * along whatever it started. Not for instances: no logs.
 */
export declare function runProgram(argv: readonly string[], options: RunProgramOptions): Promise<ProgramResult>;
