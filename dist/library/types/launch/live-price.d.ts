import type { Accounting } from '../core/usage.ts';
import type { PriceList } from '../agents/price-list.ts';
/** Who was asked, and who pays. */
export interface Payer {
    /** The account that is asked, by the name that lists of prices know it by. */
    readonly provider: string;
    readonly subscription: boolean;
}
/**
 * Gives an account that says no cost one while its attempt runs, so that budgets in dollars hold it. Until the price is found, and where there is
 * none or nobody named the model, an account stays as it is.
 */
export declare function livePricer(model: string | undefined, { provider }: Payer, list: PriceList): (accounting: Accounting) => Accounting;
