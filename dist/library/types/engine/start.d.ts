import { type Decision } from './decision.ts';
/** Starts all that may start now, in order, until the pools are full or nothing that is ready may go on. */
export declare function startReady(decision: Decision): void;
