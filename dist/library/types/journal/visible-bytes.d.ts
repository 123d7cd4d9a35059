/** Bytes as they will be seen: without what nobody sees, each position known in the bytes they were made of. */
export interface VisibleBytes {
    readonly bytes: Uint8Array;
    /** Where the byte at a position was; the end for the position after the last. */
    origin(position: number): number;
}
/** Finds out what is seen of bytes. */
export interface Sight {
    /** False where the bytes are seen as they are. Cheap: text without anything unseen passes at gigabytes per second. */
    mayDiffer(bytes: Uint8Array): boolean;
    /**
     * How bytes may be seen: without escape sequences and unseen characters, and also without HTML comments and what a terminal is sent as a
     * string, where there are such; a comment may come about only when these are gone. Unless they are final, what may be the start of something
     * unseen at their end counts as that.
     */
    views(bytes: Uint8Array, final: boolean): VisibleBytes[];
}
/** Knows the same characters and sequences as `plainText`, in UTF-8 and as escapes of JSON. */
export declare function createSight(): Sight;
