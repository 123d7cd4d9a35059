/** The variable that says where an attempt's memory is. */
export declare const memoryVariable = "ORCHESTRATOR_MEMORY";
/** What an instance remembers from one run to the next, as its file says: the name it is kept under, and how much of it there may be. */
export interface MemoryRule {
    readonly name: string;
    /** Of all files together. */
    readonly maxBytes: number;
    readonly maxFiles: number;
}
/** A file of a memory that changed; null where it is gone. */
export interface MemoryChange {
    /** From the memory's directory, with `/`. */
    readonly path: string;
    readonly text: string | null;
}
/** The files of a memory by path, as they were found. */
export interface KnownMemory {
    readonly files: ReadonlyMap<string, string>;
    /** What the store knows the state by. */
    readonly version: string;
}
/** Keeps memories from one run to the next. */
export interface MemoryStore {
    /** Why nothing is written, such as whose event this is; undefined where it is. */
    readonly refusal?: string;
    /** Rejects with a message for people. */
    read(name: string): Promise<KnownMemory>;
    /**
     * Changes some files of a memory and leaves the others as they are by then; doing it again changes nothing. Answers with the files that somebody else has
     * changed since `known`, over which these were written. Rejects with a message for people.
     */
    write(name: string, changes: readonly MemoryChange[], known: KnownMemory | undefined): Promise<readonly string[]>;
}
