import type { Changes } from './changes.ts';
import type { FindingState } from './finding.ts';
import type { Severity } from './findings-schema.ts';
/** The word in `attach` that stands for what earlier reviews said, and what was answered. */
export declare const attachedThreads = "threads";
/** What a comment of ours is about, as it says itself where nobody sees it. */
export interface SaidFinding {
    readonly severity: Severity;
    readonly category: string | null;
    readonly rule: string | null;
    readonly title: string;
    readonly confidence: number | null;
    /** What verification came to, where anything verified it. */
    readonly state?: FindingState;
    /** The instances that reported it. */
    readonly agents: readonly string[];
    /** The lines it is about, each without the spaces around it, at most as many as one mark holds. */
    readonly code: readonly string[];
}
/** Something somebody else wrote below a comment of ours. */
export interface ThreadReply {
    readonly author: string;
    readonly text: string;
}
/** A conversation on lines of a pull request that a review of ours began, as GitHub has it. */
export interface ReviewThread {
    /** GraphQL's ids of the conversation and of our comment. */
    readonly id: string;
    readonly commentId: string;
    /** Number of its pull request. */
    readonly pull: number;
    /** Where the comment was put: lines of the new file at a commit (hex), or of the file before the pull request, which removes them. */
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
    readonly side?: 'left';
    readonly commit: string;
    /** `fixed`: closed by us; `dismissed`: by somebody who may write to the repository. */
    readonly standing: 'open' | 'fixed' | 'dismissed';
    /** How it was closed by us. */
    readonly closed: 'resolved' | 'minimized' | null;
    /** Somebody else wrote in it, or edited our comment: it is not ours alone any more. */
    readonly isTouched: boolean;
    /** Null where our comment was edited by somebody else, or does not say. */
    readonly said: SaidFinding | null;
    /** Our comment as people read it. */
    readonly body: string;
    readonly replies: readonly ThreadReply[];
}
/** Where the code of a thread is in the head of a run. */
export interface ThreadPlace {
    /**
     * `same`: these very lines; `changed`: what took their place; `gone`: nothing did; `unknown`: git could not tell. Of lines on the left: removed still,
     * some of them, none any more. Their numbers are those of the file before the pull request.
     */
    readonly kind: 'same' | 'changed' | 'gone' | 'unknown';
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
}
/** A thread and where its code is now. */
export interface PlacedThread extends ReviewThread {
    readonly place: ThreadPlace;
}
/** A finding of an earlier run, as the next one is told of it. */
export interface ReviewedFinding extends SaidFinding {
    readonly path: string | null;
    readonly line: number | null;
    readonly endLine: number | null;
    readonly side?: 'left';
}
/** The last review of a pull request in which everybody looked who was asked. */
export interface LastReview {
    /** Commits (hex): where the pull request left its base then, and its head. */
    readonly base: string;
    readonly commit: string;
    /** What agents that read the changes found, or still held for found. */
    readonly findings: readonly ReviewedFinding[];
}
/** What earlier runs said about the pull request of a run, as GitHub has it. */
export interface EarlierReview<Thread extends ReviewThread = ReviewThread> {
    /** Those of the pull request, and of others the dismissed ones. */
    readonly threads: readonly Thread[];
    /** Where the file asks for it, and it is known. */
    readonly last?: LastReview;
}
/** What changed since the last review, for agents that read the changes. */
export interface SinceReview {
    /** The head (hex) that was reviewed. */
    readonly commit: string;
    readonly changes: Changes;
    /** What was found then, and where its code is now. */
    readonly findings: readonly (ReviewedFinding & {
        readonly place: ThreadPlace | null;
    })[];
}
/** Why there is nothing to look at. */
export declare function describeUnchanged({ commit }: SinceReview): string;
/** Lines at a commit as if a thread were open on them, to be followed as those are. */
export declare function linesToFollow(lines: Pick<ReviewThread, 'id' | 'pull' | 'path' | 'line' | 'endLine' | 'side' | 'commit' | 'said'>): ReviewThread;
