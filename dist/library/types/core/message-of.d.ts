/** What was thrown, in words: the message of an error, anything else as text. */
export declare function messageOf(error: unknown): string;
