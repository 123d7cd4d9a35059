import type { MergedFinding } from '../core/finding.ts';
/** GitHub keeps so many results of an analysis, and refuses over 25,000 (docs of SARIF support for code scanning). */
export declare const sarifResults = 5000;
/** What the file is about. */
export interface SarifRun {
    /** Of the orchestrator. */
    readonly version: string;
    /** The orchestration: tells analyses of one commit apart. */
    readonly name: string;
    readonly commit: string | null;
    /** Most results; the worst are kept. */
    readonly most?: number;
}
/**
 * Findings as SARIF 2.1.0 in one run. Only what lies in a file can be a result there; over 5,000 the worst are kept. A region is of the file as it is: what is about
 * removed lines has none, and says which in its message and its properties. The fingerprint is of the file,
 * the rule and the code that is quoted, so that neither edits above nor other words make another alert of it; without a quote of the title. It
 * has the name of the only one that GitHub goes by, `primaryLocationLineHash`: a file that is uploaded by the API gets none there.
 */
export declare function renderSarif(findings: readonly MergedFinding[], { version, name, commit, most }: SarifRun): string;
