import type { StopCause } from '../core/failure.ts';
/** What an attempt is told of its end from outside. */
export interface Stopping {
    /** Aborted when it is to stop; `reason` is the `StopCause`. */
    readonly stop: AbortSignal;
    /** Aborted when it is to be killed, which `stop` then is as well. */
    readonly kill: AbortSignal;
}
/** Tells one attempt to stop. Who asks a second time can only ask for more. */
export interface Stopper extends Stopping {
    ask(cause: StopCause, how: 'term' | 'kill'): void;
}
/** Nothing has been asked yet. */
export declare function createStopper(): Stopper;
/** Why an attempt is to stop; undefined when it is not. */
export declare function causeOf({ stop }: Stopping): StopCause | undefined;
