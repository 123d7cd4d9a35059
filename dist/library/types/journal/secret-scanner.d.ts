import type { TokenShape } from './token-shapes.ts';
/** What a scan found. */
export interface Scan {
    /** Starts and ends of what must be masked, in turn: ascending, not overlapping. */
    readonly spans: readonly number[];
    /** So many bytes from the start are decided; what comes after may be the beginning of a secret. */
    readonly safe: number;
}
/** Finds secrets in bytes. */
export interface SecretScanner {
    /**
     * `final` says that nothing follows, so that everything is decided; `before` are the last bytes that came before. `cut` says that what is
     * final may have been cut off in the middle of a secret: then its start, from eight characters on, is one too.
     */
    scan(bytes: Uint8Array, final: boolean, before: Uint8Array, cut?: boolean): Scan;
}
/**
 * One pass over the bytes whatever the number of secrets. Each pattern is at least three bytes long, so of every third pair of bytes
 * one lies within its first four: a table of 65,536 flags tells for a pair at which of three offsets of some pattern it may stand
 * (1, 2, 4), and only where a flag is set is anything compared, with all patterns at once: they are a tree by their bytes.
 */
export declare function createSecretScanner(literals: readonly string[], shapes: readonly TokenShape[]): SecretScanner;
