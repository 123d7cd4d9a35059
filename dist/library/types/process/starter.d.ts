import type { StartChild } from './spawn.ts';
/** Starts programs by the cheapest means there is. */
export interface Starter {
    readonly start: StartChild;
    /** Lets go of the processes that were kept for starting others. */
    close(): void;
}
/**
 * A starter for one run. To start a program, Node has its own process copied, page table by page table: 1 ms in a small one, 3 ms in
 * one of 100 MB. A slot is a process of a few megabytes that does it for us in a third of the time, whatever we have grown to. There
 * are as many as it takes for one to be ready when the next program is due: a start that finds none is done by ourselves, and adds one.
 * What reads its input from us or goes into a control group is always started by ourselves, and so is everything where there is no Linux
 * or no Perl.
 */
export declare function createStarter(mark: string): Starter;
