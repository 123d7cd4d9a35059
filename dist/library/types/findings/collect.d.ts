import type { MergedFinding } from '../core/finding.ts';
import { type RunState } from '../core/run-state.ts';
/** What the instances of a run found by now, by their last attempts and in the last rounds of what is repeated, as one list. */
export declare function collectFindings(state: RunState): MergedFinding[];
