/** Removes secrets from text and from byte streams before anything is stored or shown. */
export interface Redactor {
    /** The text with every secret replaced by `***`. */
    text(value: string): string;
    /** A redactor for one stream, aware of secrets that lie across chunk boundaries. */
    stream(): ByteRedactor;
}
/** Redaction of one byte stream. Buffers given and returned may be views that are valid until the next call. */
export interface ByteRedactor {
    /** The bytes that may now be written; the rest is held back until it cannot be the start of a secret. */
    push(chunk: Uint8Array): Uint8Array;
    /** What was held back. `cut` says that the stream was cut off, perhaps in the middle of a secret, whose start is masked then. */
    end(cut?: boolean): Uint8Array;
}
