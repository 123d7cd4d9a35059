/**
 * Markdown that a model wrote as Markdown that GitHub will read in one way only. It is parsed and written anew: code in fences and spans as it
 * was, so that it can be copied; every other sign of its text escaped; no HTML, images as links, links to nothing but the web, mentions
 * and references without their effect. What cannot be parsed stands in a fence. `redact` sees each paragraph as it will be read, and whatever else of the
 * text is written: addresses, languages, HTML.
 */
export declare function showMarkdown(markdown: string, redact?: (text: string) => string): string;
