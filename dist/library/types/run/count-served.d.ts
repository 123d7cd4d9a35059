import type { AttemptEnded } from '../core/event.ts';
import { type LedgerEntry } from '../simulate/ledger.ts';
/** The end of an attempt that was lost in a simulated run: its CLI cannot tell any more what it was served, but the ledger can. */
export declare function countServed(end: AttemptEnded, ledger: readonly LedgerEntry[]): AttemptEnded;
