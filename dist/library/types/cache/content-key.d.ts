import type { KeyDifference } from '../core/kept-outcome.ts';
/** A part of a content key: one hash of all of it, and hashes of what is in it by name, so that a difference can be named. */
export interface KeyPart {
    readonly digest: string;
    /** Hashes, of which a few characters are enough to tell that something differs. */
    readonly items: Readonly<Record<string, string>>;
}
/** All parts of a content key, by name. */
export type KeyParts = Readonly<Record<string, KeyPart>>;
/** SHA-256 in hex. */
export declare function digestOf(text: string | Uint8Array): string;
/** JSON in which the order that the keys of an object were written in does not show; empty for what is no JSON. */
export declare function orderedJson(value: unknown): string;
/** A part of values by name. */
export declare function partOf(values: Readonly<Record<string, string | Uint8Array>>): KeyPart;
/** The content key: it differs when any part does. */
export declare function keyOf(parts: KeyParts): string;
/** What differs between two keys, part by part. */
export declare function differencesOf(before: KeyParts, after: KeyParts): KeyDifference[];
