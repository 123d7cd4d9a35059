import type { Json, JsonObject } from './json.ts';
import type { Result } from './outcome.ts';
/** Which run of another orchestration an instance comes after. */
export interface LinkRule {
    /** A file of `.github/workflows`, or the name of an orchestration. */
    readonly run: string;
    /** Absent: the default branch. At a desk there are no branches. */
    readonly branch?: string;
    /** A run that ended longer ago does not count, milliseconds. */
    readonly maxAgeMs?: number;
}
/** What the newest finished run came to that a link names, as it was when this run began. */
export type LinkedRun = {
    /** `skipped` where no run counts. */
    readonly result: Result;
    readonly reason: '' | 'no-run' | 'linked-run';
    /** Why no run counts, or why the run did not succeed. */
    readonly detail: string;
    /** Which run it is; null where none counts. */
    readonly run: LinkedRunFacts | null;
    /** The outputs of its instances, by id. */
    readonly outputs: JsonObject;
    /** Its instances by id, each as `needs.<id>` shows it; members of groups inside of them. */
    readonly instances: JsonObject;
    readonly usage: Json;
    readonly 'cost-usd': Json;
    readonly 'cost-partial': boolean;
    readonly 'duration-ms': number | null;
};
/** Which run it is that a link has found. A type, because JSON objects take no interface. */
export type LinkedRunFacts = {
    /** The id of the workflow run; at a desk that of the run itself. */
    readonly id: string;
    readonly name: string;
    /** Empty at a desk. */
    readonly url: string;
    /** Hex; null outside of git. */
    readonly commit: string | null;
    /** ISO 8601. */
    readonly 'ended-at': string;
};
/** Whether a value has what a link is read by: the journal of another job may say anything. */
export declare function isLinkedRun(value: unknown): value is LinkedRun;
/** Nothing of a run: why none counts. */
export declare function noRun(detail: string): LinkedRun;
