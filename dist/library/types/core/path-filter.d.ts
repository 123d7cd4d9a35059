/**
 * Whether a path passes a list of filters, by the rules of GitHub's `paths`: `*` is anything but a slash, `**` anything at all, a `?` or `+` after a
 * character repeats it none or one time, or one or more times, `[]` lists characters, a leading `!` takes out again what an earlier
 * filter let in. The last filter that matches decides; the whole path must match, from the repository's root.
 */
export declare function createPathFilter(filters: readonly string[]): (path: string) => boolean;
