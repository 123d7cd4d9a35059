import type { MergedFinding } from '../core/finding.ts';
/** What the file is about. */
export interface SarifRun {
    /** Of the orchestrator. */
    readonly version: string;
    /** The orchestration: tells analyses of one commit apart. */
    readonly name: string;
    readonly commit: string | null;
}
/**
 * Findings as SARIF 2.1.0 in one run. Only what lies in a file can be a result there; over 5,000 the worst are kept. Its fingerprint is made of the
 * place's file, the rule and the title, so that it survives edits above it.
 */
export declare function renderSarif(findings: readonly MergedFinding[], { version, name, commit }: SarifRun): string;
