/** One line of foreign text as Markdown that shows exactly that text: nothing in it links, mentions, opens or formats. */
export declare function escapeMarkdown(text: string): string;
/** One line of foreign text between HTML tags, where Markdown does not act but mentions do. */
export declare function escapeHtml(text: string): string;
/** One line of foreign text as a code span, safe inside a table. */
export declare function codeSpan(text: string): string;
/** Foreign text in a fence that nothing inside can close, without the marker by which we find a comment of ours again. */
export declare function fence(text: string, language?: string): string;
/**
 * Markdown that a model wrote, made safe to be shown as Markdown: formatting stays; mentions and references do not notify,
 * HTML (comments, our own markers) does not act, images are links, links to anything but the web are gone, an open fence is closed.
 * Only fences at the start of a line count as code: what is inside such a fence is the same for every Markdown parser.
 */
export declare function sanitizeMarkdown(text: string): string;
