import type { Changes, ChangesNeeded } from '../core/changes.ts';
import type { JsonObject } from '../core/json.ts';
import type { EarlierReview, PlacedThread, SinceReview } from '../core/review-thread.ts';
/** What it takes to tell what changed. */
export interface ChangesRequest {
    readonly workspace: string;
    /** The `github` context. */
    readonly github: JsonObject;
    /** A branch or commit to compare with, where the user named one. */
    readonly base?: string;
    readonly needed: ChangesNeeded;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Masks what is secret in the diff. */
    readonly mask: (text: string) => string;
    readonly fetchMs?: number;
    readonly abort?: AbortSignal;
    /** What earlier reviews said, to be followed to the head; asked for while git compares. */
    readonly earlierReview?: Promise<EarlierReview | undefined>;
}
/** What changed, with the content of the diff file where it is needed. */
export interface ReadChanges {
    readonly changes: Changes;
    readonly diff: Buffer | undefined;
    /** What earlier reviews said; absent where it is not known. */
    readonly past?: Past;
    /** Sentences on what the user may not expect. */
    readonly notes: readonly string[];
}
/** Asks git what changed between the commits a run is about. Rejects with ChangesError, for the user. */
export declare function readChanges(request: ChangesRequest): Promise<ReadChanges>;
/** What earlier reviews said, and where its code is now. */
export interface Past {
    readonly earlier: EarlierReview<PlacedThread>;
    /** Where only what changed since the last review is looked at, with its diff file. */
    readonly since?: SinceReview;
    readonly sinceDiff?: Buffer;
    /** What agents are given, in a sentence. */
    readonly told?: string;
}
