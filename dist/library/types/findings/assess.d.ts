import type { MergedFinding, ReportedFinding, ReviewRules, SetAside } from '../core/finding.ts';
import type { EarlierReview, PlacedThread, SinceReview } from '../core/review-thread.ts';
import { type CastVote } from './verification.ts';
/** The findings of a run: those that count, and those that do not, each in the order of files and lines. */
export interface AssessedFindings {
    readonly standing: readonly MergedFinding[];
    readonly setAside: readonly SetAside[];
}
/** What verification has come to by now. */
export interface Verification {
    readonly votes: readonly CastVote[];
    /** Nobody is going to vote any more: what nobody has voted on is unverified. Until then it has no state. */
    readonly isOver?: boolean;
}
/** By what findings are assessed. */
export interface Assessing {
    /** `review` of the file. */
    readonly rules?: ReviewRules | undefined;
    /** What earlier reviews of the pull request said. */
    readonly earlier?: EarlierReview<PlacedThread> | undefined;
    /** What changed since the last review, where agents were given that alone. */
    readonly since?: SinceReview | undefined;
    /** Absent where nothing verifies. */
    readonly verification?: Verification | undefined;
}
/**
 * Merges what instances reported and says which of it counts: by the rules of the file, by what people dismissed before where the code is the same, and by
 * the votes of what verified it.
 */
export declare function assessFindings(reports: readonly ReportedFinding[], { rules, earlier, since, verification }: Assessing): AssessedFindings;
