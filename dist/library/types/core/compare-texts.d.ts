/** The order of two texts, the same everywhere. */
export declare function compareTexts(a: string, b: string): number;
