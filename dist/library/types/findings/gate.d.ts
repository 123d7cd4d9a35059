import type { FindingsGate, MergedFinding } from '../core/finding.ts';
/** The findings that make the run fail, the worst first. */
export declare function blockingFindings(findings: readonly MergedFinding[], gate: FindingsGate): MergedFinding[];
