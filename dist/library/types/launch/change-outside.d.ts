import type { EffectPerformer } from '../core/effect.ts';
import type { AttemptEnded, RunEvent } from '../core/event.ts';
import type { Failure, StopCause } from '../core/failure.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Task } from '../core/task.ts';
import { type Answer } from './read-deeds.ts';
/** What doing on GitHub what an instance asks for needs. */
export interface Outside {
    readonly effects?: EffectPerformer;
    /** The issue or pull request that the run is about, where something is only shown. */
    readonly subject?: number;
    readonly redactor: Redactor;
    readonly emit: (event: RunEvent) => void;
    /** Why the attempt was told to stop: then nothing is begun any more. */
    readonly stopped: () => StopCause | undefined;
}
/**
 * Does on GitHub what an instance asks for, after it has ended as `ended` says: held against the file, announced in the journal, done. Where nothing may be
 * changed (at a desk, under simulation) it is shown. Answers with why it could not be done.
 */
export declare function changeOutside(task: Task, ended: AttemptEnded, answer: Answer, { effects, subject, redactor, emit, stopped }: Outside): Promise<Failure | undefined>;
