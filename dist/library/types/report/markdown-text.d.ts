/** One line of foreign text as Markdown that shows exactly that text: nothing in it links, mentions, opens or formats. */
export declare function escapeMarkdown(text: string): string;
/** One line of foreign text between HTML tags, where Markdown does not act but mentions do. */
export declare function escapeHtml(text: string): string;
/** One line of foreign text as a code span, safe inside a table. */
export declare function codeSpan(text: string): string;
/** Foreign text in a fence that nothing inside can close, without the marker by which we find a comment of ours again. */
export declare function fence(text: string, language?: string): string;
/** What GitHub would make a link of without being asked stays text, its escaped signs too. */
export declare function unlinked(markdown: string): string;
/** Mentions and references to issues keep their look and lose their effect. */
export declare function inert(text: string): string;
/** A part that opens at a click; `summary` is HTML of ours. */
export declare function fold(summary: string, content: string, open?: 'open' | 'folded'): string;
