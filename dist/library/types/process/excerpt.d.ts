/** Keeps the start and the end of a byte stream as text, and nothing of what lies between. */
export interface Excerpt {
    /** The chunk may be freed after the call. */
    push(chunk: Uint8Array): void;
    head(): string;
    tail(): string;
}
/**
 * `headChars` bounds the head in UTF-16 units, `tailBytes` the tail. The head is kept as a string (inside V8's heap, which costs a later
 * fork less than memory outside it); the tail has a buffer only once the head is full.
 */
export declare function createExcerpt(headChars: number, tailBytes: number): Excerpt;
