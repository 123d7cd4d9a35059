import type { FindingsGate } from '../core/finding.ts';
import type { Instance } from '../core/instance.ts';
import type { Plan } from '../core/plan.ts';
import { type PrintedEntry } from './print-process.ts';
/** Whether this is the group that `review.verify` stands for. */
export declare function isVerification(node: Instance, nodes: ReadonlyMap<string, Instance>): boolean;
/** `review` as the file spells it. */
export declare function printReview({ review }: Plan, nodes: ReadonlyMap<string, Instance>): PrintedEntry | undefined;
/** `report.fail-on` as the file spells it. */
export declare function printGate(gate: FindingsGate | undefined): PrintedEntry | undefined;
