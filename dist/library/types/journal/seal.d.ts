/** What a journal is sealed with. */
export interface SealOptions {
    readonly path: string;
    /** Nobody has it who could write to the journal in our place. */
    readonly key: string;
    /** What the journal is about: a seal of another run, step or event is none for this one. */
    readonly about: string;
}
/** Keeps a proof, beside a journal, of what was written to it by whoever knows the key. Never throws once it is made. */
export interface Seal {
    /** Covers what was appended to the journal since. */
    add(bytes: Uint8Array): void;
    /** Writes the proof of all that was added. */
    write(): void;
    close(): void;
}
/** A seal of an empty journal. Throws as `node:fs` does, also when there is a file already. With `proven`, all that is in the journal, one that goes on. */
export declare function createSeal({ path, key, about }: SealOptions, proven?: Uint8Array): Seal;
/** A word that only who knows the key can say, of what the journal is about. */
export declare function sealedWord({ key, about }: Omit<SealOptions, 'path'>, word: string): string;
/** What a seal says, which nothing proves yet: that it is the proof of so many bytes of the journal. */
export declare function readSeal({ path }: Pick<SealOptions, 'path'>): {
    length: number;
    mac: string;
} | undefined;
/** How many bytes at the start of a journal its seal proves to be ours; undefined where it proves nothing. */
export declare function provenLength(journal: Uint8Array, { path, key, about }: SealOptions): number | undefined;
