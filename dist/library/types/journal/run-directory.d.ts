/** Where a run keeps its journal, logs and reports; absolute paths. */
export interface RunDirectory {
    readonly path: string;
    readonly logs: string;
    readonly id: string;
    readonly journalPath: string;
    /** Proves, where it is kept, what of the journal is ours. */
    readonly sealPath: string;
    /** Of a simulated run: what its model served. */
    readonly ledgerPath: string;
}
/** Names the files of a run directory that is there already. */
export declare function runDirectoryAt(path: string, id: string): RunDirectory;
/**
 * Makes the directory of a new run: `<root>/<start>-<id>`, or `explicit`. It is ignored by git from inside, unless it is one that holds
 * other things, and `<root>/latest` leads to it (a symbolic link, or where there are none a file that holds the directory's name).
 * Throws as `node:fs` does, when the directory already holds a journal, and when a link in it or `root` as a link, which a checkout may have
 * brought, would lead our files elsewhere.
 */
export declare function createRunDirectory(root: string, startedAt: Date, id: string, explicit?: string): RunDirectory;
