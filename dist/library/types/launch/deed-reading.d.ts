import type { CommitChange, EffectBounds, EffectRules } from '../core/effect.ts';
import type { Json } from '../core/json.ts';
/** Characters that GitHub takes of a label. */
export declare const labelLimit = 50;
/** What an instance said in the end; `json` is undefined where it gave none. Redacted. */
export interface Answer {
    readonly text: string;
    readonly json: Json | undefined;
    /** What its worktree holds to be made a commit, or why it may not; undefined where that is nothing. */
    readonly change?: CommitChange | {
        readonly refused: string;
    } | undefined;
}
/** What an instance may ask for, and what the instances of its run may do together. */
export interface Allowed {
    readonly rules: EffectRules;
    readonly bounds?: EffectBounds | undefined;
}
/** An answer that is being read: who asks, and what is wrong with it so far. */
export interface Reading {
    readonly id: string;
    readonly answer: Answer;
    readonly problems: string[];
    askedFor(kind: keyof EffectRules): Json[];
    /** What is asked for of a kind; more than `max` is a problem. */
    bounded(kind: keyof EffectRules, max: number): Json[];
    titleOf(kind: string, given: string | undefined, prefix: string | undefined, asked: Json): string;
    bodyOf(kind: string, asked: Json, mayBeEmpty?: boolean): string;
}
/** Begins to read an answer. */
export declare function createReading(id: string, answer: Answer): Reading;
