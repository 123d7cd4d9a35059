import type { Edge, Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
/** What was found out about drafts: their edges, and what names in their expressions mean. */
export interface Linked {
    readonly edges: ReadonlyMap<string, readonly Edge[]>;
    readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>;
}
/** The nodes of the plan. Processes without a runtime are left out: that has been reported. */
export declare function buildInstances(drafts: readonly Draft[], linked: Linked, compiling: Compiling): Instance[];
