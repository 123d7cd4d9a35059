/**
 * A credential known by its look. `match` returns the end of the token that starts at `start` (its prefix is known to be there), 0 when
 * it is none, and -1 when that cannot be told before more bytes have come. `before` is what came just before the bytes; `cut` says that they
 * end where they were cut off, perhaps in the middle of a token.
 */
export interface TokenShape {
    readonly prefix: string;
    match(bytes: Uint8Array, start: number, final: boolean, before: Uint8Array, cut: boolean): number;
}
/** So far back a token's surroundings are looked at. */
export declare const longestEscape = 16;
/** The token shapes of the providers and services our users hold keys of. */
export declare function tokenShapes(): TokenShape[];
