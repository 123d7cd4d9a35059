/** The expression of a condition, and where it begins in the text as written. */
export interface Condition {
    readonly source: string;
    readonly offset: number;
    /** Set when text stands around `${{ }}`, which makes every condition true. */
    readonly mixed: boolean;
}
/** Reads `if`, where `${{ }}` may be left out, or the `when` of an edge. */
export declare function readCondition(text: string): Condition;
