import type { RunEvent } from '../core/event.ts';
import type { StopCause } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
/** What the engine wants done; carried out by the shell around it, whose results come back as events. */
export type Command = 
/** Start this attempt. Answered by `attempt.started` and `attempt.ended`, or by `attempt.ended` alone when it cannot start, after `instance.restored` when it need not. */
{
    readonly type: 'start';
    readonly task: Task;
}
/** Ask a running attempt to stop, or kill it. Answered by its `attempt.ended`. */
 | {
    readonly type: 'stop';
    readonly id: string;
    readonly attempt: number;
    readonly cause: StopCause;
    readonly how: 'term' | 'kill';
}
/** Send `timer.fired` with this key at this time (epoch milliseconds). Never cancelled; a late one is ignored. */
 | {
    readonly type: 'wake';
    readonly key: string;
    readonly at: number;
}
/** Record this event: a decision that the journal must have. */
 | {
    readonly type: 'record';
    readonly event: RunEvent;
};
