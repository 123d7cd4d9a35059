import type { VariantRule } from '../core/instance.ts';
import type { MatrixCell } from '../core/matrix.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Origins, Plain } from './origins.ts';
import type { InstanceEntry } from './schema-instance.ts';
/** A variant of an instance: what it is as a cell, and as an entry of its own. */
export interface Variant {
    readonly cell: MatrixCell;
    readonly entry: InstanceEntry;
    /** The map of variants, in which it stands by its name. */
    readonly owner: Plain;
}
/** The variants that an entry has: each says what the entry does, but for what it says itself. Undefined where it has none. */
export declare function variantsOf(entry: InstanceEntry, origins: Origins): Variant[] | undefined;
/** By what `strategy.choose` chooses. */
export declare function readChoice({ strategy }: InstanceEntry): VariantRule | undefined;
/** Reports what of `strategy` does not go with variants, and choices between what is not there. */
export declare function checkVariants(entry: InstanceEntry, origins: Origins, diagnostics: Diagnostics): void;
