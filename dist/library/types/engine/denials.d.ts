/** Reasons for which work that should have been done was not. */
export declare const denials: ReadonlySet<string>;
