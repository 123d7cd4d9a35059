import type { FindingState, MergedFinding, Opinion, VerificationRules, Vote } from '../core/finding.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { MatrixCell } from '../core/matrix.ts';
/**
 * The cells that verify findings, the worst first, and the findings for which there are none. What an earlier review had verified, and nobody has
 * reported again, needs none.
 */
export declare function candidateCells(findings: readonly MergedFinding[], { max, votes }: VerificationRules): {
    readonly cells: readonly MatrixCell[];
    readonly beyond: readonly MergedFinding[];
};
/** `src/a.ts:3 Token is logged`. */
export declare function describeCandidate({ path, line, side, title }: MergedFinding): string;
/** What an instance said of the candidate in its matrix. */
export interface CastVote extends Vote {
    readonly matrix: JsonObject | undefined;
}
/** Votes by the report they are about: a finding whose reports were joined by another one since keeps what was said of it. */
export declare function sortVotes(cast: readonly CastVote[]): ReadonlyMap<string, readonly Vote[]>;
/** The votes about a finding, each once. */
export declare function votesOn({ reports }: MergedFinding, votes: ReadonlyMap<string, readonly Vote[]>): Vote[];
/** What a majority of the votes that were cast says; without one, and when they differ, it is `plausible`. */
export declare function stateOf(votes: readonly Opinion[]): FindingState;
/** Reads the answer of a verifier; undefined where it is none. */
export declare function readOpinion(json: Json): Opinion | undefined;
