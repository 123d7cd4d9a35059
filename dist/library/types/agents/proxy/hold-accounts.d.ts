import { type Accounting } from '../../core/usage.ts';
import type { RequestLedger } from './request-ledger.ts';
/** What an attempt is taken to have used, and what its CLI and the key proxy have against each other. */
export interface HeldAccount {
    readonly accounting: Accounting;
    readonly remark?: string;
}
/**
 * Holds the account of a CLI against what went through the proxy. A ledger that counted every request is right: what a CLI leaves out, or could not
 * say because it was killed, is taken from it, and its cost is then a lower bound. A ledger that did not is a lower bound like any other.
 */
export declare function holdAccounts(told: Accounting, ledger: RequestLedger): HeldAccount;
