import type { Json } from '../core/json.ts';
import { type MatrixCell } from '../core/matrix.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Origins } from './origins.ts';
import type { InstanceEntry } from './schema-instance.ts';
/** A matrix whose cells are known, or one that is known only when its upstreams have ended. */
export type MatrixEntry = {
    readonly kind: 'static';
    readonly cells: readonly MatrixCell[];
} | {
    readonly kind: 'dynamic';
    readonly value: Json;
    readonly include: Json | undefined;
    readonly exclude: Json | undefined;
    readonly keys: ReadonlySet<string> | 'unknown';
};
/** Reads `strategy.matrix`; with `isFirst`, reports what is wrong with it. A matrix with mistakes has no cells. */
export declare function readMatrix(entry: InstanceEntry, isFirst: boolean, origins: Origins, diagnostics: Diagnostics): MatrixEntry;
