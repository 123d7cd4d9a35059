/** `a, b, c and 4 more`. */
export declare function listNames(names: readonly string[], shown?: number): string;
