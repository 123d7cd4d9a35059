/** A repository with a working tree, as found before anything could lead git elsewhere. */
export interface Repository {
    /** Absolute: where its working tree begins. */
    readonly root: string;
    /** `.git`, or what it names. */
    readonly gitFolder: string;
    /** What all worktrees of the repository share. */
    readonly commonFolder: string;
    /** From the root to where the run works, with `/`; empty for the root itself. */
    readonly prefix: string;
}
/** The repository around a folder; throws where there is none. */
export declare function findRepository(folder: string): Repository;
