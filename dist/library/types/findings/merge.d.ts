import type { Finding, MergedFinding, ReportedFinding } from '../core/finding.ts';
import { type Severity } from '../core/findings-schema.ts';
/**
 * Makes one finding of what different instances report about one problem: the same place and the same subject, by rule, category and likeness of
 * words. No two reports of one instance are ever one, unless they are the same report twice. The result does not depend on the order of
 * the reports; findings come out in the order of their files and lines, those without a file last.
 */
export declare function mergeFindings(reports: readonly ReportedFinding[]): MergedFinding[];
/** By place, then by words. */
export declare function compareFindings(a: Finding, b: Finding): number;
/**
 * The worst severity that two reports reach, or one that is sure (confidence 0.8 or more, or the only report there is): a lone alarm among
 * several calmer voices does not decide.
 */
export declare function severityOf(reports: readonly ReportedFinding[]): Severity;
