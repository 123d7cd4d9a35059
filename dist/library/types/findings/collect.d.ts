import { type RunState } from '../core/run-state.ts';
import { type AssessedFindings } from './assess.ts';
/** What the instances of a run found by now, by their last attempts and in the last rounds of what is repeated, merged and assessed. */
export declare function collectFindings(state: RunState): AssessedFindings;
