import type { LauncherOptions } from '../launch/launcher-options.ts';
import type { RunEvent } from '../core/event.ts';
import { type Progress } from '../engine/progress.ts';
import type { Bus } from '../journal/bus.ts';
import type { RecoveredRun } from './recovered-run.ts';
import type { RunControl } from './control.ts';
/** Between asking a process to stop and killing it. */
export declare const killAfterMs = 5000;
/** What the launcher of the run is given. */
export type LoopOptions = Omit<LauncherOptions, 'emit' | 'exhausted'>;
/** A run's inbox and what turns its decisions into deeds. */
export interface Loop {
    readonly control: RunControl;
    /** Settles when the run has ended and no process of it is known to run. */
    readonly finished: Promise<void>;
    send(event: RunEvent): void;
    /** Takes in an earlier run; what was running then is recorded as lost, what was being done outside is done. Nothing is decided before all of that is known. */
    replay(run: RecoveredRun, version: string, notices: readonly RunEvent[]): Promise<void>;
    /** Kills what is left of the run and removes its temporary files. */
    close(): Promise<void>;
}
/** The inbox: an event is recorded, then evolved, then decided on, one at a time and never re-entrantly. */
export declare function createLoop(bus: Bus, progress: Progress, launcherOptions: LoopOptions): Loop;
