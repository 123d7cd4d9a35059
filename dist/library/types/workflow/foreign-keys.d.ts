/** A hint for a key that another system has; undefined when it is unknown, or its counterpart is no key here. */
export declare function foreignKeyHint(key: string, keys: readonly string[]): string | undefined;
