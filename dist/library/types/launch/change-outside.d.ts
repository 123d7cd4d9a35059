import type { Deed, GithubEffect } from '../core/effect.ts';
import type { AttemptEnded, RunEvent } from '../core/event.ts';
import type { StopCause } from '../core/failure.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Task } from '../core/task.ts';
import type { LauncherOptions } from './launcher-options.ts';
import type { Answer } from './deed-reading.ts';
/** What doing on GitHub what an instance asks for needs. */
export interface Outside extends Pick<LauncherOptions, 'effects' | 'bounds'> {
    /** The issue or pull request that the run is about, where something is only shown. */
    readonly subject?: number;
    readonly redactor: Redactor;
    readonly emit: (event: RunEvent) => void;
    /** Why the attempt was told to stop: then nothing is begun any more. */
    readonly stopped: () => StopCause | undefined;
    /** What instances have asked for in this run, by instance. */
    readonly asked: Map<string, readonly Deed[]>;
}
/**
 * Does on GitHub what an instance asks for, after it has ended as `ended` says: held against the file, announced in the journal, done. Where nothing may be
 * changed (at a desk, under simulation) it is shown. Answers with how the attempt ends after all: what there is on GitHub now is among its outputs.
 */
export declare function changeOutside(task: Task, ended: AttemptEnded, answer: Answer, { effects, bounds, subject, redactor, emit, stopped, asked }: Outside): Promise<AttemptEnded>;
/** What was announced may be done or not: doing it again does nothing twice. */
export declare function performAgain({ deeds }: GithubEffect, ended: AttemptEnded, { effects, emit }: Pick<LauncherOptions, 'effects' | 'emit'>): Promise<AttemptEnded>;
