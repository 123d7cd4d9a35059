import type { Usage } from '../../core/usage.ts';
/** What these tokens cost by the list; undefined where the model is not on it. */
export declare function listPriceUsd(model: string, usage: Usage): number | undefined;
