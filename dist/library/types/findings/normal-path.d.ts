/** Where a reporter ran. */
export interface ReporterPlace {
    /** The root of the repository, or of its worktree. */
    readonly root: string;
    /** The directory it ran in, from there; empty for the root itself. */
    readonly directory: string;
}
/**
 * A path as findings have it: from the root of the repository, with `/`, without `.` and a leading `./`. Absolute paths and `file:` URIs are taken below
 * the root, others from the reporter's directory; null for what lies elsewhere or is no path.
 */
export declare function normalPath(reported: string, place: ReporterPlace): string | null;
