import type { JsonObject } from '../core/json.ts';
/** Between what a run tells its changes; commits are named as the event names them. */
export type ChangeRange = 
/** From where the two parted, as GitHub shows a pull request. */
{
    readonly kind: 'parted';
    readonly base: string;
    readonly head: string;
}
/** From one to the other, as GitHub compares a push. */
 | {
    readonly kind: 'push';
    readonly before: string;
    readonly after: string;
    readonly branch: string | undefined;
}
/** HEAD since it left a branch; `isDesk` says that uncommitted files count as well. */
 | {
    readonly kind: 'branch';
    readonly base: string | undefined;
    readonly isDesk: boolean;
};
/**
 * Which commits the event of a run is about. `base` is what the user asked for at a desk, and goes before everything. Payloads: GitHub's
 * documentation "Webhook events and payloads"; which commits it compares: "Workflow syntax", `paths`, "Git diff comparisons".
 */
export declare function changeRange(github: JsonObject, base: string | undefined): ChangeRange;
/** Number of the event's pull request; 0 where it is about none. */
export declare function pullOf({ event }: JsonObject): number;
