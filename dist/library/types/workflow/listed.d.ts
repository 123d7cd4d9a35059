/** `a, b or c`; `none` where there are no words. */
export declare function listed(words: readonly string[], word: 'and' | 'or', none?: string): string;
/** As `listed`, of names, each in backticks. */
export declare function listedNames(names: Iterable<string>, word: 'and' | 'or', none?: string): string;
