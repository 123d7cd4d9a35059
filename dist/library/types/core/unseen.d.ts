/** First and last code point of a range. */
type Range = readonly [first: number, last: number];
/** What is taken out before text is shown: controls but tab and line feed; characters that reorder or hide text. */
export declare const hiddenRanges: readonly Range[];
/** Everything that nobody sees in a text: between two characters it does not keep them apart. */
export declare const unseenRanges: readonly Range[];
/** Longest string that a terminal is sent as a command (OSC and others), in UTF-16 units; what is longer counts as text. */
export declare const longestUnseen = 4096;
export {};
