import { mendEvents } from './mend-events.ts'
import type { MendedEvents, TimedEvent } from './known-node.ts'
import { nameOfEarlier, replaceJournal } from './replace-journal.ts'
import { readJournal } from './read-journal.ts'

/**
 * What a journal says when the ends of some instances count no more, given with the reason, nor those of all that builds on them. Throws
 * as `readJournal` does.
 */
export function withoutEnds(path: string, named: ReadonlyMap<string, string>): MendedEvents {
  return mendEvents(readJournal(path), named)
}

/**
 * Writes a journal anew with the events that `withoutEnds` leaves, so that a resumed run begins these again. The journal so far is kept beside it; returns where. Throws as `node:fs` does.
 */
export async function beginAgain(path: string, events: readonly TimedEvent[]): Promise<string> {
  const earlier = nameOfEarlier(path)
  await replaceJournal(path, events, earlier)
  return earlier
}
