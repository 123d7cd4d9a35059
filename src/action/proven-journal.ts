import { closeSync, lstatSync, readSync, truncateSync } from 'node:fs'
import { provenLength, readSeal, type SealOptions } from '../journal/seal.ts'
import { openRegularFile } from '../process/read-regular-file.ts'

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
  const found = lstatSync(journalPath, { throwIfNoEntry: false })
  if (found?.isFile() !== true) return { kind: 'forged', why: 'it is gone' }
  if (seal === undefined) return { kind: 'unsealed' }
  // What was added may be more than anybody can read.
  const claimed = Math.min(found.size, readSeal(seal)?.length ?? 0)
  const length = claimed > mostProven ? undefined : provenLength(readStart(journalPath, claimed), seal)
  if (length === undefined) return { kind: 'forged', why: 'its seal does not prove it' }
  if (length === found.size) return { kind: 'proven' }
  truncateSync(journalPath, length)
  return { kind: 'cut', bytes: found.size - length }
}

/** No seal proves more bytes: long texts are in files of their own, so that no journal of ours is near that. */
const mostProven = 1_073_741_824

function readStart(path: string, length: number): Uint8Array {
  const bytes = Buffer.alloc(length)
  const fd = openRegularFile(path, false)
  try {
    return bytes.subarray(0, readSync(fd, bytes, 0, length, 0))
  } finally {
    closeSync(fd)
  }
}
