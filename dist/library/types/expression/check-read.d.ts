import type { ContextRead } from './survey.ts';
import type { ExpressionIssue } from './template.ts';
/** What is known of an upstream before it has run. */
export interface NeedShape {
    /** Names of its declared outputs; `unknown` where it may set others. */
    readonly outputs: ReadonlySet<string> | 'unknown';
    /** Keys of a group's members; `unknown` for a matrix that is expanded while running. */
    readonly members?: ReadonlySet<string> | 'unknown';
    /** What each cell of a matrix is; absent: as the matrix, its members unchecked. */
    readonly cell?: NeedShape;
    /** Whether it is a matrix and so has `all`; absent: not checked. */
    readonly matrix?: boolean;
    /** Whether it is a run of another orchestration. */
    readonly linked?: true;
}
/** What the paths of an expression are held against; absent: not checked. */
export interface ReadScope {
    readonly needs?: ReadonlyMap<string, NeedShape>;
    readonly inputs?: ReadonlySet<string>;
    readonly matrix?: ReadonlySet<string> | 'unknown';
    /** The members of the repeated group around it. */
    readonly round?: ReadonlySet<string>;
}
/** The first step of a path that names what is not there; undefined when every step can be, or cannot be known. */
export declare function checkRead(read: ContextRead, scope: ReadScope): ExpressionIssue | undefined;
/** An issue about a name that is not there, with the nearest that is, or with all of them where they are few. */
export declare function unknown(what: string, message: string, name: string, candidates: Iterable<string>, place: {
    readonly offset: number;
    readonly length: number;
}): ExpressionIssue;
