import type { AttemptEnded } from '../core/event.ts';
import { type KeyParts } from './content-key.ts';
/** Of another format nothing is read. */
export declare const entryVersion = 1;
/** An outcome as it is kept. */
export interface Entry {
    /** Content key, SHA-256 in hex. */
    readonly key: string;
    readonly id: string;
    /** Of the orchestration. */
    readonly name: string;
    readonly run: string;
    /** Epoch milliseconds. */
    readonly keptAt: number;
    /** Of the orchestrator that kept it. */
    readonly by: string;
    readonly parts: KeyParts;
    readonly ended: AttemptEnded;
    /** Contents of the files that `ended` names, by what they are. */
    readonly files: Readonly<Partial<Record<EntryFile, Buffer>>>;
}
/** What an outcome may have in files. */
export type EntryFile = 'text' | 'json' | 'stdout' | 'stderr' | 'patch';
/** All that an entry may have. */
export declare const entryFiles: readonly ["text", "json", "stdout", "stderr", "patch"];
/** An entry that cannot be used; its message is a clause about it. */
export declare class EntryError extends Error {
    readonly name = "EntryError";
}
/**
 * The bytes of an entry: a line with the format, a checksum of all that follows and a seal, a line of JSON, the files. The seal says that whoever made it knows
 * the key, and for which namespace it is: an entry that was carried from one to another is none there.
 */
export declare function encodeEntry({ files, ...entry }: Entry, seal: string, namespace: string): Buffer;
/** Reads an entry back. Throws EntryError where it is not whole, of another version, or not sealed for us. */
export declare function decodeEntry(bytes: Buffer, seal: string, namespace: string): Entry;
