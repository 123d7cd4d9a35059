import { constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { jsonPieces } from '../core/json-pieces.ts'
import { openJournal } from './journal-file.ts'
import type { TimedEvent } from './known-node.ts'

/** Writes a journal anew with these events in one step, after a copy of it as it was is at `earlier`, where nothing may be. Throws as `node:fs` does. */
export async function replaceJournal(path: string, events: readonly TimedEvent[], earlier: string): Promise<void> {
  copyFileSync(path, earlier, constants.COPYFILE_EXCL)
  const next = `${path}.next`
  rmSync(next, { force: true })
  const failures: Error[] = []
  const journal = openJournal(next, (error) => failures.push(error))
  for (const [seq, { event, at }] of events.entries()) journal.append(jsonPieces({ v: 2, seq, at, ...event }))
  await journal.close()
  const [failure] = failures
  if (failure !== undefined) throw failure
  renameSync(next, path)
}

/** The first name that is free for a journal as it was: `journal.1.ndjson`, or with a word `journal.damaged-1.ndjson`. */
export function nameOfEarlier(path: string, word = ''): string {
  for (let number = 1; ; number++) {
    const name = path.replace(/(\.ndjson)?$/, `.${word}${number}.ndjson`)
    if (!existsSync(name)) return name
  }
}
