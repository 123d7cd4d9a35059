import type { StartChild } from './spawn.ts';
/** Starts programs by the cheapest means there is. */
export interface Starter {
    readonly start: StartChild;
    /** Lets go of what was kept for starting others. */
    close(): void;
}
/**
 * A starter for one run, which will start about as many programs as are expected. To start a program, Node has its own process copied, page
 * table by page table: 1 ms in a small one, 5 ms in one of 100 MB. A fork server is a process of a few megabytes that does it for us in a third of
 * a millisecond, on another core and whatever we have grown to.
 * What reads its input from us or goes into a control group is always started by ourselves, and so is everything where there is no Linux
 * or no Perl.
 */
export declare function createStarter(mark: string, expected: number): Starter;
