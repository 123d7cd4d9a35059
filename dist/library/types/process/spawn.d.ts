import type { Readable, Writable } from 'node:stream';
import type { LimitName, StopCause } from '../core/failure.ts';
import type { ProcessLimits } from '../core/instance.ts';
import type { ByteRedactor } from '../core/redactor.ts';
import type { ControlGroup } from './control-group.ts';
import type { Birth } from './newcomers.ts';
import type { Kinship } from './sweep.ts';
/** A program to run: argv without a shell, a whole environment (nothing is inherited), and what it reads. */
export interface Spawn {
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly cwd: string;
    /** Text for standard input, which is then closed; undefined closes it at once. */
    readonly stdin?: string;
}
/** A started program, leader of a process group of its own, however it was started. */
export interface Child {
    readonly pid: number;
    readonly birth: Birth;
    /** Null unless the spawn has text for it. */
    readonly stdin: Writable | null;
    readonly stdout: Readable;
    readonly stderr: Readable;
    /** Whose a process is that carries no mark, once the program has ended; undefined where that cannot be told. */
    readonly kinshipOf?: (pid: number) => Kinship;
    /** Called once, when the program has ended; its output may still be on the way. */
    onEnd(listener: (end: ChildEnd) => void): void;
}
/** How a program ended. */
export interface ChildEnd {
    readonly code: number | null;
    readonly signal: string | null;
    /** Set when the process never became the program: an error with an errno name as its `code`. */
    readonly error?: Error;
    /** Set when nobody can say how it ended, nor whether it had: why. It has been killed. */
    readonly lost?: string;
}
/**
 * Starts a program, carrying the mark in its environment and inside the control group when one is given; a program that cannot be started
 * answers with the error.
 */
export type StartChild = (spawn: Spawn, mark: string, group?: ControlGroup) => Child | Promise<Child | NotStarted>;
/** Why a program was not started; `lost` when it may have been, and was killed. */
export interface NotStarted {
    readonly error: unknown;
    readonly lost?: string;
}
/** How a process is watched over. Files are absolute paths; times are milliseconds. */
export interface Supervision {
    /** Value of `ORCHESTRATOR_MARK` in the child's environment: every descendant carries it, and the sweep finds them by it. */
    readonly mark: string;
    /** The logs exist only when something was written to them. */
    readonly stdoutFile: string;
    readonly stderrFile: string;
    readonly timeoutMs?: number;
    readonly idleTimeoutMs?: number;
    /** Between TERM and KILL. */
    readonly graceMs: number;
    readonly limits: ProcessLimits;
    /** How to start the program; default: as a child of this process. */
    readonly start?: StartChild;
    /** Called once the program has been started, before anything is read of it. */
    readonly onStart?: (pid: number) => void;
    /** Fresh redactors for what is written to the logs; undefined where there is nothing to redact. */
    readonly redact?: () => ByteRedactor;
    /** Called for each line of standard output that `wantsLine` accepts, without its line end and as the program wrote it: not redacted. */
    readonly onLine?: (line: string) => void;
    /** Looks at raw bytes of a line (its start at least) and says whether to decode it; undefined decodes all. */
    readonly wantsLine?: (head: Uint8Array) => boolean;
}
/** Why we ended a process ourselves. */
export type Termination = {
    readonly kind: 'stopped';
    readonly cause: StopCause;
} | {
    readonly kind: 'timeout';
    readonly limit: 'wall' | 'idle';
    readonly afterMs: number;
} | {
    readonly kind: 'limit';
    readonly limit: LimitName;
    readonly detail: string;
};
/** How a process ended. `head` and `tail` are bounded parts of its output, redacted when a redactor was given. */
export interface Exit {
    readonly code: number | null;
    readonly signal: string | null;
    /** Set when it never ran: an errno name (`ENOENT`, `EACCES`) and a sentence. */
    readonly spawnError?: {
        readonly code: string;
        readonly detail: string;
    };
    readonly termination?: Termination;
    readonly durationMs: number;
    readonly stdoutBytes: number;
    readonly stderrBytes: number;
    /** Standard output up to `textLimit` characters; the tails are the last 16 KiB. */
    readonly stdoutHead: string;
    readonly stdoutTail: string;
    readonly stderrTail: string;
    /** Descendants that outlived it and were killed by the sweep. */
    readonly swept: number;
    /** A log that could not be written (disk full), for which the process was ended: its path and the errno name. */
    readonly logError?: {
        readonly file: string;
        readonly code: string;
    };
    /** Set when nobody can say how it would have ended: why. It was killed through no fault of its own. */
    readonly lost?: string;
}
/** A process under supervision. */
export interface Supervised {
    /** Settles once the process has ended, its output is read and nothing that carries its mark is alive. Never rejects. */
    readonly ended: Promise<Exit>;
    /**
     * TERM now, KILL after the grace; a second call with `kill` does not wait. Without a cause `Exit` names no termination: what
     * the process said tells why.
     */
    stop(cause?: StopCause, how?: 'term' | 'kill'): void;
}
