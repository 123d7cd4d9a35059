/** Two reports that may be one: by how much their likeness exceeds what is required. */
export interface LikelyPair {
    readonly a: number;
    readonly b: number;
    readonly excess: number;
}
/**
 * Groups reports by average linkage: again and again the two groups whose pairs exceed what is required the most on average become one, as
 * long as that average is not negative. Groups that share an agent stay two. A pair that is not listed counts as not alike at all, `-required`.
 * Every index of `agents` is in exactly one group; groups and members come in ascending order.
 */
export declare function clusterPairs(agents: readonly string[], pairs: readonly LikelyPair[], required: number): number[][];
