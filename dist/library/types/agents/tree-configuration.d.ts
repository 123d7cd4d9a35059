/** The first of these files or folders in a directory, and where `above` in those that it is in; not in `home`, which is no part of a working tree. */
export declare function findConfiguration(names: readonly string[], place: {
    readonly cwd: string;
    readonly home: string | undefined;
    readonly above: boolean;
}): string | undefined;
