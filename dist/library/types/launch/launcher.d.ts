import type { AttemptEnded, EffectStarted } from '../core/event.ts';
import type { StopCause } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
import type { LauncherOptions } from './launcher-options.ts';
export type { LauncherOptions } from './launcher-options.ts';
/** An effect that was announced, and is not known to be done. */
type UnfinishedEffect = Pick<EffectStarted, 'effect' | 'ended'>;
/** Turns commands of the engine into supervised processes, and these into events. */
export interface Launcher {
    /** Answered by `attempt.started`, `attempt.progress` now and then, `attempt.repairing` perhaps, and `attempt.ended`; or by `attempt.ended` alone, after `instance.restored` where its outcome is known. */
    start(task: Task): void;
    /** Answered by the attempt's `attempt.ended`; nothing happens when it has ended already. */
    stop(id: string, attempt: number, cause: StopCause, how: 'term' | 'kill'): void;
    /** Kills all that runs, whatever the engine thinks of it. */
    killAll(): void;
    /** Does the rest of what an orchestrator before us announced; answers with how the attempts it was for end. */
    complete(effects: readonly UnfinishedEffect[]): Promise<AttemptEnded[]>;
    /** Settles once no attempt is under way. */
    idle(): Promise<void>;
    /** Kills what is left of the run and removes its temporary directories and worktrees, and those of runs that were killed. */
    close(): Promise<void>;
}
/** A launcher for one run. */
export declare function createLauncher(options: LauncherOptions): Launcher;
