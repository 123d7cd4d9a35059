import { parseJson } from '../core/parse-json.ts'
import { closeSync, readSync } from 'node:fs'
import { completeEvent } from '../core/complete-event.ts'
import type { Stamped } from '../core/event.ts'
import { isObject } from '../core/is-object.ts'
import { foldEvent, type RunState } from '../core/run-state.ts'
import { openRegularFile } from '../process/read-regular-file.ts'
import { openSeal } from '../process/checksum.ts'
import { JournalError } from './journal-error.ts'
import { explainShape, isTime } from './event-shape.ts'

/**
 * The events of a journal in order, read as they are asked for. A last line without its line end is a write that was cut off
 * and is left out. Throws `JournalError` for any other line that is not the event that belongs there or whose checksum is wrong (the first versions
 * wrote none), and as `node:fs` does when the file cannot be read.
 */
export function* readJournal(path: string): Generator<Stamped> {
  for (const { event } of readPlacedEvents(path)) yield event
}

/** An event and where its line stands in the file, in bytes, without its line end. */
export interface PlacedEvent {
  readonly event: Stamped
  readonly start: number
  readonly length: number
}

/** The same with their places, by which `readEventAt` reads one again. */
export function* readPlacedEvents(path: string): Generator<PlacedEvent> {
  let number = 0
  let version = 1
  let start = 0
  for (const line of readLines(path)) {
    number++
    const event = parseEvent(line, version)
    if (typeof event === 'string') throw new JournalError(path, number, event)
    version = event.v
    if (event.seq !== number - 1)
      throw new JournalError(path, number, `event ${event.seq} is where event ${number - 1} belongs`)
    const { length } = line
    yield { event, start, length }
    start += length + 1
  }
}

/** Reads one event again from its place. Throws as `readJournal` does, also where another one stands there now. */
export function readEventAt(
  path: string,
  { start, length, seq }: Omit<PlacedEvent, 'event'> & { readonly seq: number },
): Stamped {
  const fd = openRegularFile(path)
  try {
    const line = Buffer.allocUnsafe(length)
    const read = readSync(fd, line, 0, length, start)
    const event = parseEvent(line.subarray(0, read), 1)
    if (typeof event === 'string' || event.seq !== seq)
      throw new JournalError(path, seq + 1, 'it is not what it was a moment ago')
    return event
  } finally {
    closeSync(fd)
  }
}

/** A line of a damaged journal that is not the event that belongs there. */
export interface DroppedLine {
  readonly type: 'dropped'
  readonly line: number
  readonly why: string
}

/** The events of a journal that are whole, in order, and in their places the lines that are not. Throws as `node:fs` does. */
export function* scanJournal(path: string): Generator<Stamped | DroppedLine> {
  let number = 0
  let version = 1
  let next = 0
  let dropped = 0
  const drop = (line: number, why: string): DroppedLine => {
    dropped++
    return { type: 'dropped', line, why }
  }
  try {
    for (const line of readLines(path)) {
      number++
      const event = parseEvent(line, version)
      if (typeof event === 'string') yield drop(number, event)
      else if (event.seq < next) yield drop(number, `event ${event.seq} is where event ${next} belongs`)
      else {
        if (event.seq > next + dropped) yield drop(number, `events ${next} to ${event.seq - 1} are missing before it`)
        version = event.v
        next = event.seq + 1
        dropped = 0
        yield event
      }
    }
  } catch (error) {
    if (!(error instanceof JournalError)) throw error
    yield drop(error.line, 'its line end is damaged')
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
      throw new JournalError(path, next, `not a complete event of type ${JSON.stringify(event.type)}`)
    }
  }
  return next
}

const damaged = 'its checksum is wrong: the line is damaged'

/** The event of a line without its end, or what is wrong with it; `version` is the format of the line before, 1 for the first. */
export function parseEvent(line: Buffer, version: number): Stamped | string {
  const { json, seal } = openSeal(line)
  let value: unknown
  try {
    value = parseJson(json)
  } catch {
    return seal === 'wrong' ? damaged : 'not a line of JSON'
  }
  if (!isObject<Record<string, unknown>>(value)) return 'not an event'
  const { v, seq, at, type } = value
  if (typeof v === 'number' && v > 2) return `written by a later version (format ${v}), or damaged`
  if (seal === 'wrong' || (seal === 'none' && (v === 2 || version === 2))) return damaged
  if ((v !== 1 && v !== 2) || typeof seq !== 'number' || !isTime(at) || typeof type !== 'string') return 'not an event'
  return explainShape(value) ?? completeEvent(value as unknown as Stamped)
}

/** Whether the end of a file that has no line end is a line whose line end was damaged, not one that was cut off. */
function hasLostItsEnd(rest: Buffer): boolean {
  try {
    return isObject(parseJson(rest.toString('utf8', 0, rest.length - 1)))
  } catch {
    return false
  }
}

const chunkBytes = 65_536

/** What the last reader read with: of many journals in a row each would leave a chunk behind until the next collection, which is far. */
let spareChunk: Buffer<ArrayBuffer> | undefined

/** The lines of a file that have a line end, without it; each is valid until the next is asked for. Throws for a damaged end of the file. */
function* readLines(path: string): Generator<Buffer> {
  const fd = openRegularFile(path)
  let chunk = spareChunk ?? Buffer.allocUnsafeSlow(chunkBytes)
  spareChunk = undefined
  let lines = 0
  try {
    // So many bytes at the start of the chunk are the start of a line.
    let begun = 0
    for (;;) {
      if (begun === chunk.length) chunk = lengthen(chunk)
      const read = readSync(fd, chunk, begun, chunk.length - begun, null)
      if (read === 0) {
        if (hasLostItsEnd(chunk.subarray(0, begun))) throw new JournalError(path, lines + 1, 'its line end is damaged')
        return
      }
      const filled = begun + read
      let start = 0
      for (let end = chunk.indexOf(0x0a, begun); end !== -1 && end < filled; end = chunk.indexOf(0x0a, start)) {
        lines++
        yield chunk.subarray(start, end)
        start = end + 1
      }
      chunk.copyWithin(0, start, filled)
      begun = filled - start
    }
  } finally {
    if (chunk.length === chunkBytes) spareChunk = chunk
    closeSync(fd)
  }
}

/** The same bytes with as much room again. One that is transferred is freed at once (not in Node 20): of a plan of 10,000 instances the line has 8 MB. */
function lengthen(chunk: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const length = 2 * chunk.length
  const buffer: ArrayBuffer & { transfer?(length: number): ArrayBuffer } = chunk.buffer
  const transferred = buffer.transfer?.(length)
  if (transferred !== undefined) return Buffer.from(transferred)
  const longer = Buffer.allocUnsafeSlow(length)
  longer.set(chunk)
  return longer
}
