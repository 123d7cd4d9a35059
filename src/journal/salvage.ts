import { mendEvents } from './mend-events.ts'
import { type DroppedLine, scanJournal } from './read-journal.ts'
import { nameOfEarlier, replaceJournal } from './replace-journal.ts'

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
  const original = nameOfEarlier(path, 'damaged-')
  await replaceJournal(path, events, original)
  return { events: count, dropped, original, again }
}
