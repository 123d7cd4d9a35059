/** An outcome is kept, and taken again where nothing it depends on has changed: what it depends on besides its own definition; the texts may hold expressions, until its task is rendered. */
export interface CacheRule {
    /** Filters of the files, as GitHub's `paths`; absent: all files of the repository. */
    readonly paths?: readonly string[];
    /** Text that is part of the content key. */
    readonly key?: string;
    /** What was kept longer ago is not taken. */
    readonly maxAgeMs?: number;
}
