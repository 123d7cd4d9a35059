import { closeSync, openSync, writeSync } from 'node:fs'
import { readTextFile } from '../process/read-regular-file.ts'

/** What a journal is sealed with. */
export interface SealOptions {
  readonly path: string
  /** Nobody has it who could write to the journal in our place. */
  readonly key: string
  /** What the journal is about: a seal of another run, step or event is none for this one. */
  readonly about: string
}

/** Keeps a proof, beside a journal, of what was written to it by whoever knows the key. Never throws once it is made. */
export interface Seal {
  /** Covers what was appended to the journal since. */
  add(bytes: Uint8Array): void
  /** Writes the proof of all that was added. */
  write(): void
  close(): void
}

/** Loaded by the first seal, not with us: it takes 5 ms, and a step without a token makes none. */
const crypto = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto')

/** A seal of an empty journal. Throws as `node:fs` does, also when there is a file already. With `proven`, all that is in the journal, one that goes on. */
export function createSeal({ path, key, about }: SealOptions, proven?: Uint8Array): Seal {
  const fd = openSync(path, proven === undefined ? 'wx' : 'r+', 0o644)
  const hash = crypto()
    .createHash('sha256')
    .update(proven ?? '')
  let length = proven?.length ?? 0
  let open = true
  return {
    add(bytes) {
      hash.update(bytes)
      length += bytes.length
    },
    write() {
      if (!open) return
      try {
        // Only ever longer, so that what is written covers what was.
        writeSync(fd, `${length} ${macOf(key, about, length, hash.copy().digest())}\n`, 0)
      } catch {
        // Without it the journal counts as unproven.
      }
    },
    close() {
      if (open) closeSync(fd)
      open = false
    },
  }
}

/** A word that only who knows the key can say, of what the journal is about. */
export function sealedWord({ key, about }: Omit<SealOptions, 'path'>, word: string): string {
  return crypto()
    .createHmac('sha256', key)
    .update(JSON.stringify([about, word]))
    .digest('hex')
}

/** What a seal says, which nothing proves yet: that it is the proof of so many bytes of the journal. */
export function readSeal({ path }: Pick<SealOptions, 'path'>): { length: number; mac: string } | undefined {
  try {
    const [, digits = '', mac = ''] = /^(\d{1,15}) ([0-9a-f]{64})\n/.exec(readTextFile(path)) ?? []
    return mac === '' ? undefined : { length: Number(digits), mac }
  } catch {
    return undefined
  }
}

/** How many bytes at the start of a journal its seal proves to be ours; undefined where it proves nothing. */
export function provenLength(journal: Uint8Array, { path, key, about }: SealOptions): number | undefined {
  const { length = Infinity, mac = '' } = readSeal({ path }) ?? {}
  if (length > journal.length) return undefined
  const digest = crypto().createHash('sha256').update(journal.subarray(0, length)).digest()
  const expected = macOf(key, about, length, digest)
  return crypto().timingSafeEqual(Buffer.from(mac), Buffer.from(expected)) ? length : undefined
}

function macOf(key: string, about: string, length: number, digest: Uint8Array): string {
  return crypto()
    .createHmac('sha256', key)
    .update(JSON.stringify([about, length]))
    .update(digest)
    .digest('hex')
}
