import type { NeedRead } from './check-expressions.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { WrittenEdge } from './needs.ts';
/** Reports edges and reads from outside a repeated group to what is in it: that is not there once but once in every round. */
export declare function checkRounds(drafts: readonly Draft[], written: ReadonlyMap<string, readonly WrittenEdge[]>, reads: readonly NeedRead[], { file: { origins }, diagnostics }: Compiling): void;
