import { type ModelAccount } from '../core/usage.ts';
import type { Conclusion } from '../agents/agent.ts';
import type { PriceList } from '../agents/price-list.ts';
import type { Lease } from '../agents/proxy/key-proxy.ts';
import type { Payer } from './live-price.ts';
/**
 * Prices an attempt: by the file's own prices where it has them, by the CLI's word, else by a list. What no list has stays unknown, and a price
 * that is not certainly that of the model is marked. Where CLI and list differ over 5 % that is said.
 */
export declare function priceAttempt(conclusion: Conclusion, { provider, subscription }: Payer, lease: Lease | undefined, list: PriceList): Promise<Conclusion & {
    readonly accounts: readonly ModelAccount[];
}>;
