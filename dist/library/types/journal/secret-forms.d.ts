/** Shorter values would mask ordinary text. */
export declare const shortestSecret = 4;
/** Whether a value is long enough to be masked; the wiring warns about those that are not. */
export declare function isMaskable(secret: string): boolean;
/** What of a secret is one itself: the whole of it, its lines, the strings of a JSON one, the password of a URL. */
export declare function secretValues(secret: string): string[];
/** The texts by which a secret may show up: its values, and each of them as base64 (at any alignment, both alphabets) and in hex. */
export declare function secretForms(secret: string): string[];
/** The passwords in a URL, as written and decoded; `user:password` too, which is what a header has in base64. */
export declare function urlPasswords(text: string): string[];
