import type { Severity } from './findings-schema.ts';
/** What a process reports its findings as: by the built-in schema of agents, or in a format of linters. */
export type FindingsFormat = 'findings' | 'sarif' | 'rdjson' | 'eslint';
/** One problem in the code, as an agent or a linter reports it. */
export interface Finding {
    /** From the root of the repository, with `/`; null when it concerns no file. */
    readonly path: string | null;
    /** First line, counted from 1; null when it concerns the whole file. */
    readonly line: number | null;
    /** Last line; null when it is one line. */
    readonly endLine: number | null;
    readonly severity: Severity;
    /** Such as `security`; null when the reporter has none. */
    readonly category: string | null;
    /** The reporter's name of the check, such as `no-unused-vars`; null when it has none. */
    readonly rule: string | null;
    /** The problem in one line. */
    readonly title: string;
    readonly body: string;
    readonly suggestion: string | null;
    /** From 0 to 1; null when the reporter does not say. */
    readonly confidence: number | null;
}
/** A finding and the instance that reported it. */
export interface ReportedFinding extends Finding {
    readonly agent: string;
}
/** `report.fail-on`: which findings make a run fail. */
export interface FindingsGate {
    /** This bad or worse. */
    readonly severity: Severity;
    /** Reported by so many instances or more; default 1. */
    readonly agents?: number;
    /** This sure or more, from 0 to 1; a finding whose reporters do not say counts. */
    readonly confidence?: number;
}
/** `report.verdict`: when a review is clean. */
export interface VerdictRule {
    /** Findings less severe than this leave it clean; default `info`: every finding counts. */
    readonly severity?: Severity;
    /** Who must have looked: `all` that were asked (default), or `any` of them. */
    readonly reviewers?: 'all' | 'any';
}
/** `report.review`: findings as a review of the pull request. */
export interface ReviewSettings {
    /** Most comments on lines; the other findings stand in the review's text. */
    readonly maxComments: number;
    /** Less severe findings are no part of it; default `info`. */
    readonly severity?: Severity;
    /** Asks for changes when the verdict is `findings`, and takes that back when it is `clean`; else the review only comments. */
    readonly requestsChanges?: true;
}
/** What a review came to, and why in one line. */
export interface ReviewVerdict {
    readonly verdict: 'clean' | 'findings' | 'not-reviewed';
    readonly reason: string;
}
/** What several instances found, as one. */
export interface MergedFinding extends Finding {
    /** The instances that reported it, sorted. */
    readonly agents: readonly string[];
    /** All reports of it, in an order that does not depend on who was first. */
    readonly reports: readonly ReportedFinding[];
}
