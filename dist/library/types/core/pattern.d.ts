/** A regular expression of a user. It takes time in proportion to the text, whatever both are: no pattern can hang us. */
export interface Pattern {
    test(text: string): boolean;
    /** The whole match and its groups, or its named groups where it has any; undefined where nothing matches. */
    groups(text: string): (string | null)[] | Record<string, string | null> | undefined;
}
/** What may differ from a plain search: `i` ignores case, `m` lets `^` and `$` match at lines, `s` lets `.` match line ends. */
export type PatternFlags = string;
/** Loads the engine, which whoever uses patterns waits for first: most runs have none and need not. */
export declare function loadPatterns(): Promise<void>;
/** Whether a file may hold a pattern of ours, so that the engine is worth loading before it is read. */
export declare function mentionsPattern(text: string): boolean;
/** Why a text is no regular expression, in our words; undefined when it is one. */
export declare function patternProblem(source: string): string | undefined;
/** A pattern, in JavaScript's syntax where RE2 has its like. Throws where `patternProblem` finds a problem. */
export declare function compilePattern(source: string, flags: PatternFlags): Pattern;
