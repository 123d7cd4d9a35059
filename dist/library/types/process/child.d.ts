import type { StartChild } from './spawn.ts';
/** Starts a program as a child of this very process. */
export declare const startChild: StartChild;
