/**
 * What `JSON.stringify(value, null, indent)` makes and a line end, in pieces: for values whose text would take more than all else there is.
 * A list may be any iterable, so that its items need not be there at once either.
 */
export declare function jsonPieces(value: object, indent?: number): Generator<string>;
