import { Binary, FunctionCall } from '@actions/expressions/ast';
import type { Expr } from '@actions/expressions/ast';
import type { Program } from './program.ts';
/** A step of a path: a name written in the expression, `*`, or an index that is known only when evaluated. */
export type PathStep = {
    readonly kind: 'name';
    readonly name: string;
    readonly offset: number;
    readonly length: number;
} | {
    readonly kind: 'star';
} | {
    readonly kind: 'dynamic';
};
/** A read of a context: `needs.build['outputs'].x`. `offset` and `length` are of the whole as far as its steps are names. */
export interface ContextRead {
    /** In lower case. */
    readonly context: string;
    readonly steps: readonly PathStep[];
    readonly offset: number;
    readonly length: number;
    /** Range of the context's name alone. */
    readonly nameLength: number;
}
/** A comparison of two operands. */
export interface Comparison {
    readonly expression: Binary;
    readonly left: Expr;
    readonly right: Expr;
    readonly offset: number;
    readonly length: number;
}
/** What the checks look at in a program, in the order of the source. */
export interface Survey {
    readonly reads: readonly ContextRead[];
    readonly comparisons: readonly Comparison[];
    readonly calls: readonly FunctionCall[];
}
/** Collects reads, comparisons and calls of a program. Iterative: comparisons chain as deep as the source is long. */
export declare function surveyProgram(program: Program): Survey;
/** The expression inside any brackets. */
export declare function withoutBrackets(expression: Expr): Expr;
/** Names an expression reads one after the other, in lower case: `['needs', 'a', 'result']`; undefined when it is no such read. */
export declare function namesRead(expression: Expr): string[] | undefined;
