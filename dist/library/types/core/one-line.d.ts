/** Text as one line of at most `limit` characters: no terminal sequences, control characters or line breaks. */
export declare function oneLine(text: string, limit?: number): string;
/** The first `limit` UTF-16 units, one less where that would split a surrogate pair. */
export declare function sliceWhole(text: string, limit: number): string;
/** The last line of a text that is not blank, as `oneLine`. */
export declare function lastLine(text: string): string;
