import { lstatSync, truncateSync } from 'node:fs'
import { provenLength, type SealOptions } from '../journal/seal.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** What of a journal may be believed. */
export type Proof =
  | { readonly kind: 'proven' }
  /** What came after the proven start was cut off. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** There is nothing to prove it with. */
  | { readonly kind: 'unsealed' }
  | { readonly kind: 'forged'; readonly why: string }

/**
 * Leaves of the journal of a `main` that died what its seal proves to be ours: a process of the run can write to it as well, or leave another
 * run's or event's.
 */
export function proveJournal(journalPath: string, seal: SealOptions | undefined): Proof {
  if (lstatSync(journalPath, { throwIfNoEntry: false })?.isFile() !== true) return { kind: 'forged', why: 'it is gone' }
  if (seal === undefined) return { kind: 'unsealed' }
  const journal = readRegularFile(journalPath, { maxBytes: Infinity, followLinks: false })
  const length = provenLength(journal, seal)
  if (length === undefined) return { kind: 'forged', why: 'its seal does not prove it' }
  if (length === journal.length) return { kind: 'proven' }
  truncateSync(journalPath, length)
  return { kind: 'cut', bytes: journal.length - length }
}
