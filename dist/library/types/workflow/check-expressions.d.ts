import type { ChangesNeeded } from '../core/changes.ts';
import type { Compiling } from './compiling.ts';
import { type Draft } from './draft.ts';
import { type ExpressionPlace } from './expression-places.ts';
/** A read of `needs.<name>` by a draft, to be held against the graph. */
export interface NeedRead {
    readonly draft: Draft;
    readonly name: string;
    readonly id: string;
    readonly place: ExpressionPlace;
    readonly offset: number;
    readonly length: number;
}
/** What the expressions of a file read of other instances. */
export interface ExpressionReads {
    readonly needs: readonly NeedRead[];
    /** What names in a draft's expressions mean, by the draft's id. */
    readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>;
    /** Names of environment variables of the step that are read as `env.NAME`. */
    readonly stepEnv: ReadonlySet<string>;
    /** What is read of the changes; undefined when nothing. */
    readonly changes: ChangesNeeded | undefined;
}
/** Checks every expression of the file; reports what is wrong and returns what they read. */
export declare function checkExpressions(drafts: readonly Draft[], compiling: Compiling): ExpressionReads;
