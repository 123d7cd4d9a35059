import type { AttemptEnded } from './event.ts';
import type { InstanceMissed, InstanceRestored } from './kept-outcome.ts';
import type { Task } from './task.ts';
/** Who would carry out a task, and what it would be given, as far as only the launcher knows. */
export interface TaskSurroundings {
    readonly kind: 'agent' | 'command';
    /** Path of its program; undefined where there is none. */
    readonly program: string | undefined;
    /** The package that the program may belong to, which says its version. */
    readonly npm?: string;
    /** What makes the program say its version. */
    readonly versionArgs: readonly string[];
    /** Variables it gets besides those of the task, with what stands for their value: of a credential only that it is set. */
    readonly variables: Readonly<Record<string, string>>;
    /** What each entry of `attach` stands for, as text. */
    readonly attachments: Readonly<Record<string, string>>;
}
/** What a cache has for a task: an outcome, whose files stand among the logs of the run by then, or why there is none. */
export type FoundOutcome = {
    readonly restored: InstanceRestored;
    readonly ended: AttemptEnded;
} | {
    readonly missed: InstanceMissed;
};
/** Outcomes of earlier runs. */
export interface OutcomeCache {
    /** Never rejects. */
    find(task: Task, around: TaskSurroundings): Promise<FoundOutcome>;
}
