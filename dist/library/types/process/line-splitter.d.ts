/** Most bytes of one line that is decoded. */
export declare const maxLineBytes: number;
/** Splits a byte stream into lines. */
export interface LineSplitter {
    /** The chunk may be freed after the call. */
    push(chunk: Buffer): void;
    /** Delivers a last line that has no line end. */
    end(): void;
}
/** What to do with the lines of a stream. */
export interface LineSplitterOptions {
    readonly onLine: (line: string) => void;
    /** Asked once a line with its bytes, at least its first 1,024 when it is longer; only wanted lines are kept and decoded. */
    readonly wantsLine?: ((head: Uint8Array) => boolean) | undefined;
    /** A wanted line is longer than `maxLineBytes`; it is dropped. */
    readonly onTooLong: () => void;
}
/**
 * Splits on raw bytes, so that an unwanted line costs a search for its end and nothing else, and a character that lies
 * across two chunks is decoded whole. Line ends are LF or CRLF and are not delivered.
 */
export declare function createLineSplitter(options: LineSplitterOptions): LineSplitter;
