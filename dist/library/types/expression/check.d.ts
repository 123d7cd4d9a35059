import { type NeedShape } from './check-read.ts';
import { type ExpressionIssue } from './template.ts';
/** What an expression may use where it stands. */
export interface Scope {
    /** Names of the contexts it may read, of `inputs env github runner matrix needs previous previous-round run result`. */
    readonly contexts: ReadonlySet<string>;
    /** What `needs.` may name; absent: not checked. */
    readonly needs?: ReadonlyMap<string, NeedShape>;
    /** What `inputs.` may name; absent: not checked. */
    readonly inputs?: ReadonlySet<string>;
    /** What `matrix.` may name; absent: not checked. */
    readonly matrix?: ReadonlySet<string> | 'unknown';
    /** What `previous-round.instances.` may name; absent: not checked. */
    readonly round?: ReadonlySet<string>;
    /** Whether `success() failure() always() cancelled()` have a meaning. */
    readonly statusFunctions: boolean;
}
export type { NeedShape } from './check-read.ts';
/** A read of a context. `path` goes as far as its steps are written names; `offset` and `length` cover the same. */
export interface Reference {
    /** In lower case. */
    readonly context: string;
    readonly path: readonly string[];
    readonly offset: number;
    readonly length: number;
}
/** Every mistake that can be seen in an expression (without `${{ }}`) before it is evaluated, in the order of the source. */
export declare function checkExpression(source: string, scope: Scope): ExpressionIssue[];
/** The same for every `${{ }}` of a template; offsets are in the whole text. */
export declare function checkTemplate(text: string, scope: Scope): ExpressionIssue[];
/** Every read of a context in an expression, in the order of the source; none when it cannot be parsed. */
export declare function referencesOf(source: string): Reference[];
