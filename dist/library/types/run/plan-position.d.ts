import type { RunState } from '../core/run-state.ts';
/**
 * Where an instance stands in the orchestration file, as a number to compare: the cells of a dynamic matrix stand where their matrix
 * does, in the order they were made.
 */
export declare function planPosition(state: RunState, id: string): number;
