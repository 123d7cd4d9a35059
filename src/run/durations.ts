import { lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunState } from '../core/run-state.ts'
import { writeFileAtomically } from '../journal/write-file.ts'
import { isObject } from '../core/is-object.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

const fileName = 'durations.json'
/** Of some 100,000 instances. */
const mostBytes = 16 * 1024 * 1024

/**
 * How long each instance took when it last succeeded, in milliseconds by id: the scheduler starts the longest remaining
 * path first. A missing or broken file is an empty history.
 */
export function readDurations(root: string, runName: string): ReadonlyMap<string, number> {
  try {
    const all: unknown = parse(join(root, fileName))
    const own = isObject<Record<string, unknown>>(all) ? all[runName] : undefined
    if (!isObject<Record<string, unknown>>(own)) return new Map()
    return new Map(
      Object.entries(own).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= 0),
    )
  } catch {
    return new Map()
  }
}

/**
 * Remembers the durations of the instances that succeeded; keeps those of other runs. Never throws: history is a hint, a run that
 * cannot leave one (a full disk, a `.orchestrator` that is a file) is no worse for it.
 */
export function writeDurations(root: string, runName: string, state: RunState): void {
  const durations: Record<string, number> = {}
  for (const [id, { instance, outcome, attempts }] of state.instances) {
    const last = attempts.at(-1)?.ended
    if (instance.kind === 'process' && outcome === 'success' && last !== undefined) durations[id] = last.durationMs
  }
  if (Object.keys(durations).length === 0) return
  const path = join(root, fileName)
  const all = readAll(path)
  try {
    if (lstatSync(root, { throwIfNoEntry: false })?.isSymbolicLink() === true) return
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 })
    writeFileAtomically(path, JSON.stringify({ ...all, [runName]: { ...all[runName], ...durations } }))
  } catch {
    // The next run orders its instances without it.
  }
}

/** A checkout may bring a file of this name: no pipe, device or link of it is followed. */
function parse(path: string): unknown {
  return JSON.parse(readRegularFile(path, { maxBytes: mostBytes, followLinks: false }).toString('utf8'))
}

function readAll(path: string): Record<string, Record<string, number>> {
  try {
    const all = parse(path)
    return isObject<Record<string, unknown>>(all) ? (all as Record<string, Record<string, number>>) : {}
  } catch {
    return {}
  }
}
