/**
 * The candidate a misspelt name most likely means; undefined when none is near. Upper and lower case and
 * `-` and `_` count as the same, a swap of neighbours as one mistake.
 */
export declare function closestName(name: string | undefined, candidates: Iterable<string | undefined>): string | undefined;
