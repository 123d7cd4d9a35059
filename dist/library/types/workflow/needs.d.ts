import type { Edge } from '../core/instance.ts';
import type { Diagnostics } from './diagnostics.ts';
import { type Draft } from './draft.ts';
import type { Origins, Plain } from './origins.ts';
/** An edge as written, with the place of the name in it. */
export interface WrittenEdge {
    readonly edge: Edge;
    readonly owner: Plain;
    readonly key: string | number;
}
/** The entries of `needs` with the ids they mean; what is unknown or said twice is reported and left out. */
export declare function resolveNeeds(draft: Draft, ids: ReadonlySet<string>, origins: Origins, diagnostics: Diagnostics): WrittenEdge[];
