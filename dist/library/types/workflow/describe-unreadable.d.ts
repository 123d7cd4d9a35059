/** What to say of a file that cannot be had. */
export declare function describeUnreadable(path: string, why: {
    readonly problem: string;
} | undefined): string;
