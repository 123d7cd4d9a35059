/** Contexts of the language. Which of them an expression may read depends on where it stands. */
export declare const knownContexts: ReadonlySet<string>;
/** What an ended instance shows: the keys of `needs.<id>`, `previous` and `result`. */
export declare const instanceProperties: ReadonlySet<string>;
/** What a run of another orchestration shows under `needs`. */
export declare const linkProperties: ReadonlySet<string>;
/** What the `previous-round` context shows. */
export declare const roundProperties: ReadonlySet<string>;
/** Keys of the `run` context. */
export declare const runProperties: ReadonlySet<string>;
/** Keys of the `changes` context; `matches` is a function. */
export declare const changesProperties: ReadonlySet<string>;
/** The words `result` and `outcome` can be. */
export declare const resultWords: ReadonlySet<string>;
/** What to use here instead of a context that GitHub Actions has and this language has not. */
export declare const foreignContextHints: ReadonlyMap<string, string>;
