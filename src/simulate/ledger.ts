import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import type { Redactor } from '../core/redactor.ts'
import { addUsage, type Usage, zeroUsage } from '../core/usage.ts'
import type { ServedUsage } from './reply.ts'

/** One line of the ledger: what one request was served, exactly as it was told to the CLI. */
export interface LedgerEntry {
  readonly instance: string
  readonly attempt: number
  readonly path: string
  readonly model: string
  readonly usage: ServedUsage
}

/** Begins a ledger, or goes on with that of a resumed run, without a torn last line; answers what appends to it. */
export function openLedger(path: string, redactor: Redactor): (entry: LedgerEntry) => void {
  appendFileSync(path, '')
  truncateSync(path, readFileSync(path).lastIndexOf('\n') + 1)
  return (entry) => appendFileSync(path, `${redactor.text(JSON.stringify(entry))}\n`)
}

/** The entries of a ledger; none where there is no ledger. Throws for a line that is no entry. */
export function readLedger(path: string): LedgerEntry[] {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
  return lines.map((line): LedgerEntry => JSON.parse(line))
}

/** What an attempt was served in all; the ledger does not know how much of it was reasoning. */
export function sumServed(entries: readonly LedgerEntry[], instance: string, attempt: number): Usage {
  return entries
    .filter((entry) => entry.instance === instance && entry.attempt === attempt)
    .reduce((sum, { usage }) => addUsage(sum, { ...usage, reasoning: 0 }), zeroUsage)
}
