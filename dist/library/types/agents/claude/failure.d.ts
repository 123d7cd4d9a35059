import type { Failure } from '../../core/failure.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Exit } from '../../process/spawn.ts';
/** What else of the stream bears on a failure. */
export interface ClaudeTrouble {
    /** How long the API asked to wait before the last retry, milliseconds. */
    readonly serverRetryMs: number | undefined;
    /** When an exhausted allowance comes back, epoch milliseconds. */
    readonly resetAt: number | undefined;
    /** Whether the model had answered anything: an attempt that did nothing yet may be made again without a second thought. */
    readonly answered: boolean;
}
/** What went wrong according to the last `result` line; undefined when that reports success. */
export declare function claudeResultFailure(result: JsonObject, exit: Exit, trouble: ClaudeTrouble): Failure | undefined;
/** What an `api_retry` line says when the API refused for want of capacity; undefined for any other error. */
export declare function claudeRefusal(line: JsonObject, retryAfterMs: number | undefined): Failure | undefined;
/** What went wrong when the process ended without any `result` line: someone's signal, a bad flag, a crash. */
export declare function claudeSilentFailure(exit: Exit, sawOutput: boolean): Failure;
