import { closeSync, existsSync, ftruncateSync, writeSync } from 'node:fs'
import type { Redactor } from '../core/redactor.ts'
import { addUsage, type Usage, zeroUsage } from '../core/usage.ts'
import { openForAppending } from '../process/create-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import type { ServedUsage } from './reply.ts'

/** Most bytes of a ledger: some two million requests. */
const mostBytes = 512 * 1024 * 1024

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
  change(path, (fd) => ftruncateSync(fd, readLedgerFile(path).lastIndexOf('\n') + 1))
  return (entry) => change(path, (fd) => writeSync(fd, `${redactor.text(JSON.stringify(entry))}\n`))
}

/** The entries of a ledger; none where there is no ledger. Throws for a line that is no entry. */
export function readLedger(path: string): LedgerEntry[] {
  const lines = existsSync(path) ? readLedgerFile(path).toString('utf8').split('\n').slice(0, -1) : []
  return lines.map((line): LedgerEntry => JSON.parse(line))
}

function change(path: string, act: (fd: number) => void): void {
  const fd = openForAppending(path)
  try {
    act(fd)
  } finally {
    closeSync(fd)
  }
}

function readLedgerFile(path: string): Buffer {
  return readRegularFile(path, { maxBytes: mostBytes })
}

/** What an attempt was served in all; the ledger does not know how much of it was reasoning. */
export function sumServed(entries: readonly LedgerEntry[], instance: string, attempt: number): Usage {
  return entries
    .filter((entry) => entry.instance === instance && entry.attempt === attempt)
    .reduce((sum, { usage }) => addUsage(sum, { ...usage, reasoning: 0 }), zeroUsage)
}
