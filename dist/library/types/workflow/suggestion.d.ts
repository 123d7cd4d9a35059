/** The hint for a misspelt name; undefined when nothing is near, or the name is so short that everything is. */
export declare function suggest(name: string, candidates: Iterable<string>): string | undefined;
/** The candidate that was most likely meant. */
export declare function nearestName(name: string, candidates: Iterable<string>): string | undefined;
