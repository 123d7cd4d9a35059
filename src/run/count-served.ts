import type { AttemptEnded } from '../core/event.ts'
import { sumServed, type LedgerEntry } from '../simulate/ledger.ts'

/** The end of an attempt that was lost in a simulated run: its CLI cannot tell any more what it was served, but the ledger can. */
export function countServed(end: AttemptEnded, ledger: readonly LedgerEntry[]): AttemptEnded {
  if (end.accounting.costSource === 'none') return end
  const usage = sumServed(ledger, end.id, end.attempt)
  return { ...end, accounting: { ...end.accounting, usage } }
}
