import type { Expr } from '@actions/expressions/ast';
import { type Token } from '@actions/expressions/lexer';
import type { ExpressionIssue } from './template.ts';
/** A token and where it stands in the source; `end` is exclusive. */
export interface PlacedToken {
    readonly token: Token;
    readonly start: number;
    readonly end: number;
}
/** A parsed expression. `tokens` is without the end-of-input token. */
export interface Program {
    readonly source: string;
    readonly root: Expr;
    readonly tokens: readonly PlacedToken[];
}
/** What parsing came to. `tokens` is there as far as the source could be read, for checks that need no syntax tree. */
export type Parsed = {
    readonly program: Program;
} | {
    readonly program: undefined;
    readonly issue: ExpressionIssue;
    readonly tokens: readonly PlacedToken[];
};
/**
 * Parses an expression (without `${{ }}`). Unknown contexts and functions parse; whether they may stand
 * there is for a check or the evaluation to say. Results are cached.
 */
export declare function parseExpression(source: string): Parsed;
/** Whether the token at `index` is the name of a function that is called, or of a context, rather than of a property. */
export declare function roleOf(tokens: readonly PlacedToken[], index: number): 'function' | 'context' | undefined;
