/** Shorter values would mask ordinary text. */
export declare const shortestSecret = 4;
/** Whether a value is long enough to be masked; the wiring warns about those that are not. */
export declare function isMaskable(secret: string): boolean;
/**
 * The texts by which a secret may show up: itself, its lines, the long strings of a JSON one, and each of them as base64 (at any
 * alignment, both alphabets), URL-encoded and escaped for JSON, once and twice.
 */
export declare function secretForms(secret: string): string[];
