/** What of its surroundings a run may obey: one value, from who caused the run down to the program that is started. */
export interface RunTrust {
    /** False when the working tree is a stranger's (a pull request): no CLI obeys configuration found in it, no program of it stands in for another. */
    readonly tree: boolean;
    /** False when a stranger caused the run: agents may only read, and get no argument that names a file of the tree. */
    readonly event: boolean;
}
/** At a desk, where both are the user's own. */
export declare const ownTrust: RunTrust;
