import type { Changes, ChangesNeeded } from '../core/changes.ts';
import type { JsonObject } from '../core/json.ts';
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
}
/** What changed, with the content of the diff file where it is needed. */
export interface ReadChanges {
    readonly changes: Changes;
    readonly diff: Buffer | undefined;
    /** Sentences on what the user may not expect. */
    readonly notes: readonly string[];
}
/** Asks git what changed between the commits a run is about. Rejects with ChangesError, for the user. */
export declare function readChanges(request: ChangesRequest): Promise<ReadChanges>;
