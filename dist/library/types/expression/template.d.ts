/** One mistake in an expression. `offset` and `length` count UTF-16 units of the text that was checked. */
export interface ExpressionIssue {
    /** Stable name of the rule, documented in `docs/diagnostics.md`. */
    readonly code: string;
    readonly message: string;
    readonly offset: number;
    readonly length: number;
    /** What to do about it, one sentence; code goes in backticks. */
    readonly hint?: string;
}
/** A stretch of a template: text as it stands, or the source between `${{` and `}}` (`offset` and `length` of that source). */
export type Segment = {
    readonly kind: 'text';
    readonly text: string;
    readonly offset: number;
} | {
    readonly kind: 'expression';
    readonly source: string;
    readonly offset: number;
    readonly length: number;
};
/**
 * Splits a template at its `${{ }}`. A `}}` inside a quoted string does not close. An opening without its closing
 * is an issue, and the rest is text.
 */
export declare function splitTemplate(text: string): {
    segments: Segment[];
    issues: ExpressionIssue[];
};
/** Whether a text holds at least the opening of an expression. */
export declare function hasExpression(text: string): boolean;
/** A template that renders to this text: what looks like an expression in it stays text. */
export declare function literalText(text: string): string;
