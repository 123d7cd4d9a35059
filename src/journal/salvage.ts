import { constants, copyFileSync, renameSync, rmSync } from 'node:fs'
import { jsonPieces } from '../core/json-pieces.ts'
import { mendEvents } from './mend-events.ts'
import { openJournal } from './journal-file.ts'
import { type DroppedLine, scanJournal } from './read-journal.ts'

/** What was made of a damaged journal. */
export interface Salvage {
  /** How many of its events are whole. */
  readonly events: number
  /** The lines that were left out, in order. */
  readonly dropped: readonly DroppedLine[]
  /** Where the damaged journal is kept as it was. */
  readonly original: string
  /** Instances that had succeeded and run again, by id with the reason. */
  readonly again: ReadonlyMap<string, string>
}

/**
 * Writes a damaged journal anew from the lines of it that are whole, and keeps a copy of it as it was. `doubted` are instances whose success
 * is not to be relied on for another reason. Throws as `node:fs` does.
 */
export async function salvageJournal(path: string, doubted?: ReadonlyMap<string, string>): Promise<Salvage> {
  const dropped: DroppedLine[] = []
  let count = 0
  function* whole() {
    for (const scanned of scanJournal(path))
      if (scanned.type === 'dropped') dropped.push(scanned)
      else {
        count++
        yield scanned
      }
  }
  const { events, again } = mendEvents(whole(), doubted)
  const original = keepCopy(path)
  const next = `${path}.next`
  rmSync(next, { force: true })
  const failures: Error[] = []
  const journal = openJournal(next, (error) => failures.push(error))
  for (const [seq, { event, at }] of events.entries()) journal.append(jsonPieces({ v: 2, seq, at, ...event }))
  await journal.close()
  const [failure] = failures
  if (failure !== undefined) throw failure
  renameSync(next, path)
  return { events: count, dropped, original, again }
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
