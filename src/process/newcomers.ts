import { existsSync, openSync, readSync } from 'node:fs'
import { createDeferred } from '../core/deferred.ts'
import { listPids } from './proc.ts'
import { monotonicMs } from './monotonic-time.ts'

/**
 * Which processes may have been born since a child was started, without reading all of /proc: the kernel hands out process
 * ids upwards and tells the newest in `/proc/loadavg`, so the candidates are the ids between the child's and that one.
 * A program that never forked (most short commands) leaves no candidate at all and costs one read of some 5 µs.
 *
 * Sound as long as the ids have not wrapped around in between. Readings are counted as one epoch while they follow each other
 * within half a second, too short for a wrap to pass unseen; over a gap, a wrap or a suspicious reading (an emulated
 * /proc/loadavg) the candidates are all processes there are.
 */
export interface Birth {
  /** Descendants have greater ids than this. */
  readonly pid: number
  readonly epoch: number
}

/** A birth before all others. */
export const longAgo: Birth = { pid: 0, epoch: 0 }

const epochGapMs = 500
const widestRange = 512

let loadavg: number | 'none' | undefined
let epoch = 1
let newest = 0
let readAt = Number.NEGATIVE_INFINITY
/** Processes of this epoch not to be looked at again: children of our own, watched on their own account, and those known as strangers. */
const settled = new Set<number>()
/** Births that somebody else will tell us of. */
const expected = new Set<Promise<void>>()
const scratch = Buffer.alloc(128)

/** Call right after starting a child; or, for a process that is there already, right before it becomes the child (`earlier`). */
export function noteBirth(pid: number, process: 'new' | 'earlier' = 'new'): Birth {
  const last = readNewest()
  settled.add(pid)
  return { pid: process === 'new' ? pid : (last ?? pid), epoch }
}

/**
 * Processes that may be descendants of the child, beside those that were there before it. Each is to be looked at before the next is asked for:
 * they come upwards by their ids, until no more have been handed out meanwhile, so that a process which starts another and ends is followed
 * to the one that is there. None at all means that there is none. What is not there is looked at again by every child that may be its ancestor: an
 * id is handed out a moment before its process can be seen.
 */
export function* newcomersSince(birth: Birth): Generator<number, void> {
  let first = birth.pid + 1
  let last = readNewest()
  if (last === undefined || birth.epoch !== epoch || last < birth.pid || last - birth.pid > widestRange) {
    yield* listPids()
    if (last === undefined) return
    first = last + 1
    last = readNewest()
  }
  for (const start = first; last !== undefined && last >= first; last = readNewest()) {
    if (last - start > 2 * widestRange) return yield* listPids()
    let looked = false
    for (let pid = first; pid <= last; pid++) {
      if (settled.has(pid)) continue
      looked = true
      if (existsSync(`/proc/${pid}`)) yield pid
    }
    if (!looked) return
    first = last + 1
  }
}

/** Announces a birth; call the answer as soon as it is noted, or will never be. */
export function expectBirth(): () => void {
  const { promise, resolve } = createDeferred<void>()
  expected.add(promise)
  return () => {
    expected.delete(promise)
    resolve()
  }
}

/** Resolves once the births announced so far are noted: what is looked for before would take those for newcomers. Undefined when there is none. */
export function birthsNoted(): Promise<unknown> | undefined {
  return expected.size === 0 ? undefined : Promise.all(expected)
}

/** Remembers that a process has nothing to do with any child of ours: within an epoch no other gets its id. */
export function noteStranger(pid: number): void {
  settled.add(pid)
}

/** The newest process id of our namespace; undefined where the kernel does not tell. */
function readNewest(): number | undefined {
  const now = monotonicMs()
  const pid = readLoadavg()
  if (now - readAt > epochGapMs || pid === undefined || pid < newest) {
    epoch++
    settled.clear()
  }
  readAt = now
  newest = pid ?? 0
  return pid
}

function readLoadavg(): number | undefined {
  if (loadavg === undefined)
    try {
      loadavg = openSync('/proc/loadavg', 'r')
    } catch {
      loadavg = 'none'
    }
  if (loadavg === 'none') return undefined
  let length = readSync(loadavg, scratch, 0, scratch.length, 0)
  while (length > 0 && (scratch[length - 1] ?? 0) <= 0x20) length--
  let pid = 0
  let scale = 1
  for (let at = length - 1; at >= 0; at--) {
    const digit = (scratch[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) break
    pid += digit * scale
    scale *= 10
  }
  return pid === 0 ? undefined : pid
}
