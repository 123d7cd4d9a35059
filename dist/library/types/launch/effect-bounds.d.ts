import type { Deed, EffectBounds } from '../core/effect.ts';
/** Why all that the instances of a run asked for, by instance, is more than its bounds; undefined when it is not. */
export declare function explainExcess(bounds: EffectBounds | undefined, asked: ReadonlyMap<string, readonly Deed[]>): string | undefined;
