import type { MergedFinding, ReviewVerdict } from '../core/finding.ts';
import type { RunState } from '../core/run-state.ts';
/**
 * What a review came to, so that "nothing found" and "nobody looked" are never the same; null while the run goes on, and where nothing in the plan
 * reports findings.
 */
export declare function verdictOf(state: RunState, findings: readonly MergedFinding[]): ReviewVerdict | null;
