/** What an event read from a file lacks to be one; undefined when it is whole. */
export declare function explainShape(event: Readonly<Record<string, unknown>>): string | undefined;
/** Whether a value is a time, in milliseconds, that has a date. */
export declare function isTime(value: unknown): value is number;
