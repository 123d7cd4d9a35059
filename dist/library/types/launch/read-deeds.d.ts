import type { CommitChange, Deed, EffectRules } from '../core/effect.ts';
import type { Json } from '../core/json.ts';
/** What an instance said in the end; `json` is undefined where it gave none. Redacted. */
export interface Answer {
    readonly text: string;
    readonly json: Json | undefined;
    /** What its worktree holds to be made a commit, or why it may not; undefined where that is nothing. */
    readonly change?: CommitChange | {
        readonly refused: string;
    } | undefined;
}
/** What to do, or why nothing of it may be done. */
export type ReadDeeds = {
    readonly deeds: readonly Deed[];
} | {
    readonly refused: string;
};
/**
 * What an instance asks for, held against what its file allows. An answer that is JSON asks by keys (`issue`, `comment`, `labels`, `close`); one that is
 * text is the body of the issue and the comment.
 */
export declare function readDeeds(id: string, rules: EffectRules, answer: Answer, subject: number | undefined): ReadDeeds;
/** What deeds come to, for people: `issue "Nightly", labels bug on #3`. */
export declare function describeDeeds(deeds: readonly Deed[]): string;
