import type { Redactor } from '../core/redactor.ts';
import { type Usage } from '../core/usage.ts';
import type { ServedUsage } from './reply.ts';
/** One line of the ledger: what one request was served, exactly as it was told to the CLI. */
export interface LedgerEntry {
    readonly instance: string;
    readonly attempt: number;
    readonly path: string;
    readonly model: string;
    readonly usage: ServedUsage;
}
/** Begins a ledger, or goes on with that of a resumed run, without a torn last line; answers what appends to it. */
export declare function openLedger(path: string, redactor: Redactor): (entry: LedgerEntry) => void;
/**
 * The entries of a ledger; none where there is no ledger. A line whose checksum is wrong, or that is no entry, is handed to `onDamage` as a sentence
 * that names the file and the line, and is left out. The first versions wrote no checksums.
 */
export declare function readLedger(path: string, onDamage: (why: string) => void): LedgerEntry[];
/** What an attempt was served in all; the ledger does not know how much of it was reasoning. */
export declare function sumServed(entries: readonly LedgerEntry[], instance: string, attempt: number): Usage;
