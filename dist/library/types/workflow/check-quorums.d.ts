import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { WrittenEdge } from './needs.ts';
/** Reports quorums that no number of ends can reach, that have nothing to count, and those whose rest someone else needs. */
export declare function checkQuorums(drafts: readonly Draft[], written: ReadonlyMap<string, readonly WrittenEdge[]>, { file, diagnostics }: Compiling): void;
