import type { RunEvent } from '../core/event.ts';
import type { RunShard } from './run-shard.ts';
/** A clock that can be held at the times of what others left. */
export interface HeldClock {
    now(): number;
    hold(at: number): void;
    goOn(): void;
}
/** The clock of a run. One that collects knows only the times of what it collects, so that it says the same whenever it does. */
export declare function createHeldClock(steady: () => number, shard: RunShard | undefined): HeldClock;
/** Sends what other shards left into a run that has just started, each event at its time, and says that there is no more. Files that events name come along. */
export declare function takeFragments({ events, resumes }: RunShard, runDirectory: string, clock: HeldClock, send: (event: RunEvent) => void): void;
