import { type Entry } from './entry.ts';
/** A larger outcome is not kept. */
export declare const entryLimit: number;
/** What is kept where, and by whom. */
export interface StoreOptions {
    readonly directory: string;
    /** What entries are sealed with. */
    readonly seal: string;
    /** Whose outcomes these are: what was kept in another namespace is never found. */
    readonly namespace: string;
    /** All entries together are at most so large after `prune`. */
    readonly maxBytes: number;
    /** Epoch milliseconds. */
    readonly now: () => number;
}
/** Whose outcome. */
export interface Whose {
    /** Of the orchestration. */
    readonly name: string;
    readonly id: string;
}
/** An entry, or why the one that is there is of no use; nothing where none is there. */
export type Looked = {
    readonly entry: Entry;
} | {
    readonly problem: string;
} | undefined;
/** A file of the store. */
export interface StoredFile {
    readonly path: string;
    readonly bytes: number;
    /** When it was last of use, epoch milliseconds. */
    readonly usedAt: number;
}
/**
 * Outcomes in a folder, a file each, which stands there whole or not at all: several runs may look things up, keep and prune at once. Nothing of it throws for
 * a file that somebody else has removed.
 */
export interface OutcomeStore {
    get(whose: Whose, key: string): Looked;
    /** The newest that is kept of an instance, whatever its key. */
    newest(whose: Whose): Entry | undefined;
    /** Answers its file and the SHA-256 of that. Throws as `node:fs` does, and EntryError for one that is too large. */
    put(entry: Entry): {
        readonly path: string;
        readonly digest: string;
    };
    /** Removes what was of no use for longest, of any namespace, until the rest is within the limit; answers what is gone. */
    prune(): StoredFile[];
}
/** Opens a store; the folder is made by the first `put`. */
export declare function openStore({ directory, seal, namespace, maxBytes, now }: StoreOptions): OutcomeStore;
/** All outcomes that a folder has, of every namespace. What interrupted writes left is removed. */
export declare function storedFiles(directory: string, now: number): StoredFile[];
/** Removes what was of no use for longest until the rest is within a number of bytes; answers what is gone. */
export declare function pruneStore(directory: string, maxBytes: number, now: number): StoredFile[];
