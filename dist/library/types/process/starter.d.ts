import type { StartChild } from './spawn.ts';
/** Starts programs by the cheapest means there is. */
export interface Starter {
    readonly start: StartChild;
    /** As `start`, by a fork server that starts nothing else: for what ran when one was lost, and may be what killed it. */
    readonly startApart: StartChild;
    /** Kills what programs left behind and lets go of what was kept for starting others. */
    close(): Promise<void>;
}
/**
 * A starter for one run. To start a program, Node has its own process copied, page table by page table: 1 ms in a small one, 5 ms in one of
 * 100 MB. A fork server is a process of a few megabytes that does it for us in a third of a millisecond, on another core and whatever we have
 * grown to; and it finds what a program leaves behind, because it is its parent then. What goes into a control group, which finds that as well,
 * is always started by ourselves, and so is everything where there is no Linux or no Perl. `onLost` is told of a fork server that was killed
 * while programs ran. Without `mayFork` there is none. The first one locks our `claims`.
 */
export declare function createStarter(mark: string, onLost: () => void, mayFork?: boolean, claims?: readonly number[]): Starter;
