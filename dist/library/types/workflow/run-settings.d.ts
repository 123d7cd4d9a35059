import type { Plan } from '../core/plan.ts';
import type { Compiling } from './compiling.ts';
/** Everything of a plan that is about the whole run. */
export type RunSettings = Omit<Plan, 'v' | 'source' | 'instances' | 'obeys'>;
/** Reads what is about the whole run. Of single settings, each key comes from the last document that has it. */
export declare function readRunSettings(compiling: Compiling): RunSettings;
