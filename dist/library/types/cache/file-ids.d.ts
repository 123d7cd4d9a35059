/** The content of every file of a working tree, by name. */
export interface FileIds {
    /** In order; paths from the root of the workspace, with slashes. */
    readonly paths: readonly string[];
    /** `mode id` as git has them; of what is not clean, made as git would make them. */
    readonly ids: ReadonlyMap<string, string>;
    /** What git ignores: files and, with a slash at their end, whole folders. */
    readonly ignored: readonly string[];
    readonly workspace: string;
}
/** Whose files, and what of them is ours and no part of the work. */
export interface FileIdsOptions {
    readonly workspace: string;
    readonly env: Readonly<Record<string, string>>;
    /** Paths and, with a slash at their end, folders that do not count. */
    readonly leave: readonly string[];
}
/**
 * What is in the files of a working tree: tracked ones that are clean by the id that git's index has, changed and untracked ones (without the ignored)
 * by their content. Four git commands at once, however many files there are, and as many for each repository that lies in it: a submodule, another
 * checkout. Throws where the workspace is not in a git repository, or one in it cannot be read.
 */
export declare function readFileIds({ workspace, env, leave }: FileIdsOptions): Promise<FileIds>;
/** `mode id` of what stands there, made as git would make it; undefined where nothing does. `known` is what git has of it. Never throws. */
export declare function idOf(path: string | Buffer, known?: string): string | undefined;
