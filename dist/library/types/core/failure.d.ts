/** The limit of a process tree that was crossed. */
export type LimitName = 'memory' | 'cpu' | 'output' | 'processes';
/** Why a running attempt was asked to stop by us. */
export type StopCause = 'cancelled' | 'fail-fast' | 'budget' | 'concurrency' | 'run-timeout' | 'not-needed';
/**
 * Why an attempt did not succeed: data, not prose. `detail` is one human line (already free of control characters);
 * times are milliseconds, `resetAt` is epoch milliseconds.
 */
export type Failure = {
    readonly kind: 'exit';
    readonly code: number;
    readonly detail?: string;
} | {
    readonly kind: 'signal';
    readonly signal: string;
    readonly detail?: string;
} | {
    readonly kind: 'spawn';
    readonly code: string;
    readonly detail: string;
} | {
    readonly kind: 'timeout';
    readonly limit: 'wall' | 'idle' | 'api';
    readonly afterMs: number;
    readonly detail?: string;
} | {
    readonly kind: 'limit';
    readonly limit: LimitName;
    readonly detail: string;
} | {
    readonly kind: 'budget';
    readonly detail: string;
} | {
    readonly kind: 'quota';
    readonly resetAt?: number;
    readonly detail: string;
} | {
    readonly kind: 'rate-limit';
    readonly retryAfterMs?: number;
    readonly detail: string;
} | {
    readonly kind: 'overloaded';
    readonly retryAfterMs?: number;
    readonly detail: string;
} | {
    readonly kind: 'auth';
    readonly detail: string;
} | {
    readonly kind: 'denied';
    readonly detail: string;
} | {
    readonly kind: 'no-output';
    readonly detail: string;
} | {
    readonly kind: 'invalid-output';
    readonly detail: string;
}
/** Its changes do not go together with what the files hold by now. */
 | {
    readonly kind: 'conflict';
    readonly detail: string;
    readonly files: readonly string[];
}
/** The program broke its own protocol: its stream reported an error although it exited 0, or it ended without a result. */
 | {
    readonly kind: 'crash';
    readonly detail: string;
    readonly beforeOutput?: boolean;
} | {
    readonly kind: 'cancelled';
    readonly cause: StopCause;
    readonly detail?: string;
}
/** The orchestrator itself died while the attempt ran; found on resume. */
 | {
    readonly kind: 'lost';
    readonly detail?: string;
};
/** Classes of failure that a retry policy can name. */
export type RetryClass = 'rate-limit' | 'overloaded' | 'timeout' | 'crash' | 'failure' | 'no-output' | 'invalid-output';
/** The short machine word for a failure. */
export type FailureReason = Exclude<Failure['kind'], 'exit' | 'signal' | 'limit'> | `exit:${number}` | `signal:${string}` | `limit:${LimitName}` | 'not-needed';
/** The short machine word for a failure, as reports and `needs.<id>.reason` show it (`exit:1`, `signal:SIGKILL`, `timeout` …). */
export declare function reasonOf(failure: Failure): FailureReason;
/** The one human line that goes with a failure; empty when the reason says it all. */
export declare function detailOf(failure: Failure): string;
