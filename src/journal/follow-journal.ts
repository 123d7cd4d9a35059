import { closeSync, fstatSync, readSync, statSync } from 'node:fs'
import type { Stamped } from '../core/event.ts'
import { foldEvent, createRunState, type RunState } from '../core/run-state.ts'
import type { ReadKeptText } from '../core/kept-text.ts'
import { openRegularFile } from '../process/read-regular-file.ts'
import { JournalError } from './journal-error.ts'
import { parseEvent } from './read-journal.ts'

/** A journal that another process writes, read along. */
export interface JournalTail {
  /** The run as of the last event that was taken in. */
  readonly state: RunState
  /** Takes in what was written since, event by event; all of it again, into a new state, where the journal was written anew. Throws as `readJournal` does. */
  next(): Generator<Stamped>
  close(): void
}

/** Reads a journal from its start, and on as it grows: each line once. Throws as `node:fs` does. */
export function followJournal(path: string, readText?: ReadKeptText): JournalTail {
  const chunk = Buffer.allocUnsafeSlow(65_536)
  let fd = openRegularFile(path)
  let state = createRunState(readText)
  let at = 0
  let line = 0
  let version = 1
  let pieces: Buffer[] = []

  const beginAnew = (): void => {
    closeSync(fd)
    fd = openRegularFile(path)
    state = createRunState(readText)
    at = 0
    line = 0
    version = 1
    pieces = []
  }

  const take = (bytes: Buffer): Stamped => {
    line++
    const event = parseEvent(bytes, version)
    if (typeof event === 'string') throw new JournalError(path, line, event)
    version = event.v
    foldEvent(state, event)
    return event
  }

  return {
    get state() {
      return state
    },
    *next() {
      if (statSync(path).ino !== fstatSync(fd).ino) beginAnew()
      for (;;) {
        const read = readSync(fd, chunk, 0, chunk.length, at)
        if (read === 0) return
        at += read
        // What is yielded from must not be overwritten by who comes back for more.
        const got = Buffer.from(chunk.subarray(0, read))
        let start = 0
        for (let end = got.indexOf(0x0a); end !== -1; end = got.indexOf(0x0a, start)) {
          const part = got.subarray(start, end)
          const whole = pieces.length === 0 ? part : Buffer.concat([...pieces, part])
          pieces = []
          start = end + 1
          yield take(whole)
        }
        if (start < got.length) pieces.push(got.subarray(start))
      }
    },
    close: () => closeSync(fd),
  }
}
