/** Bytes of a text in UTF-8, without encoding it; a lone surrogate counts as the three bytes of its replacement. */
export declare function byteLength(text: string): number;
/** The longest beginning of a text that takes at most `maxBytes` in UTF-8; never half a character. */
export declare function cutToBytes(text: string, maxBytes: number): string;
