import type { Edge } from '../core/instance.ts';
import type { ExpressionReads } from './check-expressions.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
/** All drafts, those in the templates of dynamic matrices included, each before what it is a part of. */
export declare function allDrafts(drafts: readonly Draft[]): Draft[];
/** The edges of every draft: those of the structure, then those of `needs`. Cycles and reads of what is not needed are reported. */
export declare function linkDrafts(drafts: readonly Draft[], reads: ExpressionReads, compiling: Compiling): Map<string, readonly Edge[]>;
