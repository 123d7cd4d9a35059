import { copyFileSync, constants, readFileSync } from 'node:fs'
import { writeFileAtomically } from './write-file.ts'
import { openSeal } from './checksum.ts'
import { isObject } from '../core/is-object.ts'
import type { JournalError } from './journal-error.ts'

/** What was made of a damaged journal. */
export interface Salvage {
  /** How many events before the damage are kept. */
  readonly events: number
  /** Where the damaged journal is kept as it was. */
  readonly original: string
  /** Instances whose success stands behind the damage, where nothing is relied on any more. */
  readonly forgotten: readonly string[]
}

/** Cuts a journal before its first damaged line and keeps a copy of all of it. Throws as `node:fs` does. */
export function salvageJournal({ path, line }: JournalError): Salvage {
  const lines = linesOf(readFileSync(path))
  const original = keepCopy(path)
  writeFileAtomically(path, Buffer.concat(lines.slice(0, line - 1)))
  const forgotten = lines.slice(line - 1).flatMap((behind) => succeededIn(behind))
  return { events: line - 1, original, forgotten: [...new Set(forgotten)] }
}

function keepCopy(path: string): string {
  for (let number = 1; ; number++) {
    const copy = path.replace(/(\.ndjson)?$/, `.damaged-${number}.ndjson`)
    try {
      copyFileSync(path, copy, constants.COPYFILE_EXCL)
      return copy
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** Lines with their line ends. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start)
    lines.push(bytes.subarray(start, end === -1 ? bytes.length : end + 1))
    start = end === -1 ? bytes.length : end + 1
  }
  return lines
}

function succeededIn(line: Buffer): string[] {
  try {
    const event: unknown = JSON.parse(openSeal(line.subarray(0, -1)).json)
    if (!isObject<Record<string, unknown>>(event) || event['type'] !== 'instance.ended') return []
    return event['result'] === 'success' ? [String(event['id'])] : []
  } catch {
    return []
  }
}
