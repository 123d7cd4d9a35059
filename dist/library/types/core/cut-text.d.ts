/** At most `limit` UTF-16 units of a text, the last of them `…` where something was cut. What may hold a secret is redacted before. */
export declare function cutText(text: string, limit: number): string;
/** The first `limit` UTF-16 units, one less where that would split a surrogate pair. */
export declare function headOf(text: string, limit: number): string;
/** The last `limit` UTF-16 units, one less where that would split a surrogate pair. */
export declare function endOf(text: string, limit: number): string;
/** The start and the end of a text, at most `limit` UTF-16 units with what is said in between about the units left out. */
export declare function cutMiddle(text: string, limit: number, gap: (left: number) => string): string;
