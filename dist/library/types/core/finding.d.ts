import type { Severity } from './findings-schema.ts';
/** Formats of linters that findings are read from. */
export declare const linterFormats: readonly ['sarif', 'rdjson', 'eslint', 'checkstyle'];
/** A format of linters. */
export type LinterFormat = (typeof linterFormats)[number];
/** What a process reports its findings as: by the built-in schema of agents, or in a format of linters. */
export type FindingsFormat = 'findings' | LinterFormat;
/** One problem in the code, as an agent or a linter reports it. */
export interface Finding {
    /** From the root of the repository, with `/`; null when it concerns no file. */
    readonly path: string | null;
    /** First line, counted from 1; null when it concerns the whole file. */
    readonly line: number | null;
    /** Last line; null when it is one line. */
    readonly endLine: number | null;
    /** The lines are of the file before the change, which removed them; absent: they are of the file as it is. */
    readonly side?: 'left';
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
    /** The code it is about, as the reporter quotes it. */
    readonly evidence?: string;
    /** The reporter says that it was there before the change under review. */
    readonly preExisting?: true;
}
/** A finding and the instance that reported it. */
export interface ReportedFinding extends Finding {
    readonly agent: string;
}
/** What verification came to; `candidate` where there is none yet. */
export type FindingState = 'candidate' | 'confirmed' | 'plausible' | 'refuted' | 'unverified';
/** Code that somebody quotes. */
export interface Quote {
    readonly path: string;
    /** First line; null where it is not known. */
    readonly line: number | null;
    readonly quote: string;
}
/** What an agent that tried to refute a finding says. */
export interface Opinion {
    readonly verdict: 'confirmed' | 'plausible' | 'refuted';
    readonly reason: string;
    readonly evidence: readonly Quote[];
}
/** The part of an attempt in a review. */
export interface ReviewPart {
    /** What it reported, where its definition says that it reports findings. */
    readonly findings?: readonly Finding[];
    /** What it says of the finding that it was to verify. */
    readonly opinion?: Opinion;
}
/** An opinion and the instance that has it. */
export interface Vote extends Opinion {
    readonly by: string;
}
/** How findings are verified. */
export interface VerificationRules {
    /** So many findings at most, the worst first. */
    readonly max: number;
    /** So many agents for each. */
    readonly votes: number;
}
/** `review`: which findings count. */
export interface ReviewRules {
    /** Reported by so many instances or more. */
    readonly minAgents?: number;
    /** This sure or more, from 0 to 1; a finding whose reporters do not say counts. */
    readonly minConfidence?: number;
    readonly minSeverity?: Severity;
    /** In lower case; a finding without a category counts. */
    readonly categories?: readonly string[];
    /** Those do not count that were there before the change. */
    readonly newCodeOnly?: true;
}
/** A finding that does not count, and why. */
export interface SetAside {
    readonly finding: MergedFinding;
    readonly why: {
        /** Verification refuted it, it is below a threshold of `review`, or a person dismissed it. */
        readonly kind: 'refuted' | 'threshold' | 'dismissed';
        /** In a few words. */
        readonly detail: string;
    };
}
/** `report.fail-on`: which findings make a run fail. */
export interface FindingsGate {
    /** This bad or worse. */
    readonly severity: Severity;
    /** Reported by so many instances or more; default 1. */
    readonly agents?: number;
    /** This sure or more, from 0 to 1; a finding whose reporters do not say counts. */
    readonly confidence?: number;
    /** Verification has confirmed it, or at least not refuted it; default: anything but refuted. */
    readonly state?: 'confirmed' | 'plausible';
    /** What an earlier review of the same pull request had already does not count. */
    readonly newOnly?: true;
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
    /** `changed`: agents that read the changes are given those since the last review; default: all. */
    readonly scope?: 'changed';
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
    readonly state: FindingState;
    /** What verified it, in the order of their ids; absent where nothing has. */
    readonly votes?: readonly Vote[];
    /** Whether an earlier review of the same pull request did not have it; absent where nobody knows. */
    readonly isNew?: boolean;
    /** All reports of it, in an order that does not depend on who was first. */
    readonly reports: readonly ReportedFinding[];
}
