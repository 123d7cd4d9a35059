import type { MergedFinding } from '../core/finding.ts';
import type { RunContext } from '../core/plan.ts';
/** Findings that count, and those that people have dismissed before. */
export interface Weighed {
    readonly findings: readonly MergedFinding[];
    readonly dismissed: readonly MergedFinding[];
}
/**
 * What counts of what a run found: with what the review before found where nobody was to look again, and without what people who may have dismissed
 * where the code is the same as then.
 */
export declare function weighFindings(found: readonly MergedFinding[], { earlier, since }?: Pick<RunContext, 'earlier' | 'since'>): Weighed;
