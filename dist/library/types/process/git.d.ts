import { type ProgramResult } from './run-program.ts';
/** Where and with what git runs. */
export interface GitOptions {
    readonly cwd: string;
    /** What its environment is taken from: PATH and HOME at least. Nothing else than git needs is passed on. */
    readonly env: Readonly<Record<string, string>>;
    /** It is killed after this many milliseconds, with what it started; default five minutes. */
    readonly timeoutMs?: number;
    /** It is killed, with what it started, when this aborts. */
    readonly abort?: AbortSignal;
    readonly stdin?: string | Uint8Array;
    /** `latin1` keeps every byte of file names and contents; default `utf8`. */
    readonly encoding?: 'utf8' | 'latin1';
    /** Variables of ours for git itself: `GIT_DIR`, `GIT_INDEX_FILE` … */
    readonly variables?: Readonly<Record<string, string>>;
    /** It asks a remote: with the user's configuration, credential helpers, proxy and keys. Only for what no instance has touched yet. */
    readonly network?: true;
}
/**
 * The one way to run git: with an environment of its own (no `GIT_DIR`, `GIT_EXTERNAL_DIFF`, `GIT_CONFIG_COUNT` from outside), without the
 * user's and the machine's configuration unless it asks a remote, without hooks, file system monitors and prompts, in English. Never rejects;
 * `code` is null where git could not be started or was killed, and `stderr` says why.
 */
export declare function runGit(args: readonly string[], options: GitOptions): Promise<ProgramResult>;
