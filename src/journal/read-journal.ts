import { closeSync, openSync, readSync } from 'node:fs'
import { completeEvent } from '../core/complete-event.ts'
import type { Stamped } from '../core/event.ts'
import { foldEvent, type RunState } from '../core/run-state.ts'

/** A journal that is not what we wrote. `line` counts from 1. */
export class JournalError extends Error {
  override readonly name = 'JournalError'
  readonly path: string
  readonly line: number

  constructor(path: string, line: number, why: string) {
    super(`${path}:${line}: ${why}`)
    this.path = path
    this.line = line
  }
}

/**
 * The events of a journal in order, read as they are asked for. A last line without its line end is a write that was cut off
 * and is left out. Throws `JournalError` for any other line that is not the event that belongs there, and as
 * `node:fs` does when the file cannot be read.
 */
export function* readJournal(path: string): Generator<Stamped> {
  let number = 0
  for (const line of readLines(path)) {
    number++
    const event = parseEvent(line)
    if (typeof event === 'string') throw new JournalError(path, number, event)
    if (event.seq !== number - 1)
      throw new JournalError(path, number, `event ${event.seq} stands where event ${number - 1} belongs`)
    yield event
  }
}

/** Folds a whole journal into a state and returns the number of its next event. Throws as `readJournal` does, also for an event that is not whole. */
export function foldJournal(path: string, state: RunState): number {
  let next = 0
  for (const event of readJournal(path)) {
    next = event.seq + 1
    try {
      foldEvent(state, event)
    } catch {
      throw new JournalError(path, next, `not a whole event of type ${JSON.stringify(event.type)}`)
    }
  }
  return next
}

function parseEvent(line: string): Stamped | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'not a line of JSON'
  }
  if (typeof value !== 'object' || value === null) return 'not an event'
  const { v, seq, at, type } = value as Record<string, unknown>
  if (typeof v === 'number' && v > 1) return `written by a later version (format ${v})`
  if (v !== 1 || typeof seq !== 'number' || typeof at !== 'number' || typeof type !== 'string') return 'not an event'
  try {
    return completeEvent(value as Stamped)
  } catch {
    return `not a whole event of type ${JSON.stringify(type)}`
  }
}

/** The lines of a file that have a line end, without it. */
function* readLines(path: string): Generator<string> {
  const fd = openSync(path, 'r')
  try {
    const chunk = Buffer.allocUnsafeSlow(262_144)
    let pieces: Buffer[] = []
    for (;;) {
      const read = readSync(fd, chunk, 0, chunk.length, null)
      if (read === 0) return
      let start = 0
      for (let end = chunk.indexOf(0x0a); end !== -1 && end < read; end = chunk.indexOf(0x0a, start)) {
        const part = chunk.subarray(start, end)
        yield (pieces.length === 0 ? part : Buffer.concat([...pieces, part])).toString('utf8')
        pieces = []
        start = end + 1
      }
      if (start < read) pieces.push(Buffer.from(chunk.subarray(start, read)))
    }
  } finally {
    closeSync(fd)
  }
}
