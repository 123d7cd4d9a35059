import { type ModelPrice } from '../core/price.ts';
import type { OrchestrationFile } from './schema.ts';
type PricesEntry = NonNullable<OrchestrationFile['prices']>;
/** The prices of a plan, by model; the tiers in their order. What was mistaken is left out. */
export declare function readPrices(entries: PricesEntry): Readonly<Record<string, ModelPrice>>;
/** Prices as the file spells them. */
export declare function printPrices(prices: Readonly<Record<string, ModelPrice>>): PricesEntry;
export {};
