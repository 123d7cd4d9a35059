import type { Spawn, Supervised, Supervision } from './spawn.ts';
/**
 * Starts a program in a process group of its own and watches it until it, its output and its descendants have ended.
 *
 * What is promised about descendants: when `ended` resolves, no process that carries this attempt's mark is alive, however it detached
 * itself (Linux; elsewhere none of its process group). Not found is one that is outside the group *and* has emptied its environment, unless
 * a control group holds it; given up on after five seconds is one that is stuck in the kernel. That no process outlives its run is for the
 * caller to see to, with `sweepMarked` of the run's mark at the end. A descendant that outlives a successful program is killed at once,
 * without a grace, unless it holds the output pipes: then what it still prints within a second is kept.
 *
 * A log that cannot be written (full disk) ends the process as a stop does, and `Exit.logError` says so: a run without its
 * record is not worth its cost.
 */
export declare function supervise(spawn: Spawn, supervision: Supervision): Supervised;
