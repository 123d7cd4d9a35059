import { type Plan } from '../core/plan.ts';
/**
 * A plan as an orchestration file that compiles to the same plan (but for where it says it comes from). What the file it was
 * compiled from had in `defaults`, `agents`, anchors or other files stands at each instance.
 */
export declare function printPlan(plan: Plan): string;
