import type { MergedFinding, ReviewVerdict, SetAside } from '../core/finding.ts';
import type { InstanceState, RunState } from '../core/run-state.ts';
/**
 * What a review came to, so that "nothing found" and "nobody looked" are never the same; null while the run goes on, and where nothing in the plan
 * reports findings.
 */
export declare function verdictOf(state: RunState, findings: readonly MergedFinding[], setAside: readonly SetAside[]): ReviewVerdict | null;
/** The instances that report findings: all, those that looked, and those that did not although they were asked to. */
export declare function reviewersOf(state: RunState): Readonly<Record<'all' | 'looked' | 'missing', readonly InstanceState[]>>;
/** Whether everybody has looked who was to, as far as the file says who that is. */
export declare function isWholeReview(state: RunState): boolean;
