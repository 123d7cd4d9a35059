import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewFile } from '../process/create-file.ts'
import { userCacheDirectory } from '../process/user-cache.ts'
import { pruneStore, storedFiles, type StoredFile } from '../cache/store.ts'
import type { OutcomePlace } from './outcome-cache.ts'
import { readTextFile } from '../process/read-regular-file.ts'

/** All outcomes of a user together, where nobody says otherwise. */
const localLimit = 512 * 1024 * 1024

/**
 * Where the outcomes of a user are: in their cache directory, not in the repository, whose files may come from anywhere, with a seal of this machine. Undefined
 * where there is no such directory, or nothing can be written to it: then nothing is kept.
 */
export function localOutcomes(environment: Readonly<Record<string, string | undefined>>): OutcomePlace | undefined {
  try {
    const directory = join(userCacheDirectory(environment), 'orchestrator', 'outcomes')
    const path = join(directory, 'seal')
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    let seal = readSeal(path)
    if (seal === undefined) {
      writeNewFile(path, `${randomBytes(32).toString('hex')}\n`, 0o600)
      seal = readSeal(path)
    }
    return seal === undefined ? undefined : { directory, maxBytes: localLimit, seal }
  } catch {
    return undefined
  }
}

function readSeal(path: string): string | undefined {
  try {
    const text = readTextFile(path).trim()
    return /^[0-9a-f]{64}$/.test(text) ? text : undefined
  } catch {
    return undefined
  }
}

export { storedFiles } from '../cache/store.ts'

/** What is kept for a user. */
export function localOutcomeFiles(
  environment: Readonly<Record<string, string | undefined>>,
  now: number,
): StoredFile[] {
  const place = localOutcomes(environment)
  return place === undefined ? [] : storedFiles(place.directory, now)
}

/** Removes of it what was of no use for longest; answers what is gone. */
export function pruneLocalOutcomes(
  environment: Readonly<Record<string, string | undefined>>,
  now: number,
  maxBytes = localLimit,
): StoredFile[] {
  const place = localOutcomes(environment)
  return place === undefined ? [] : pruneStore(place.directory, maxBytes, now)
}
