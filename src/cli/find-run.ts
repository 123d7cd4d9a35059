import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Surroundings } from './surroundings.ts'
import { namesIn } from '../process/names-in.ts'
import { readTextFile } from '../process/read-regular-file.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** The name of a directory that a run made for itself: when it began, and its id. */
export const runName = /^\d{8}-\d{6}-([0-9a-f]{8})$/

/** Where runs are, from here: of this folder (`once` leaves its runs there), else of the repository. */
export function runsFolder({ cwd, root }: Surroundings): string {
  const here = join(cwd, '.orchestrator')
  return cwd !== root && !existsSync(join(here, 'latest')) ? join(root, '.orchestrator') : '.orchestrator'
}

/** Where the newest run is. */
export function newestRun(around: Surroundings): string {
  return join(runsFolder(around), 'latest')
}

/** The path that a name means: a path as it is; the id of a run, or the name of its directory, as where that is. */
export function findRun(name: string, around: Surroundings): string {
  if (existsSync(resolve(around.cwd, name)) || /[/\\]/.test(name)) return name
  const folder = runsFolder(around)
  const found = namesIn(resolve(around.cwd, folder)).find(
    (entry) => entry === name || runName.exec(entry)?.[1] === name,
  )
  return found === undefined ? name : join(folder, found)
}

/**
 * The run directory that a path means: itself, without symbolic links (`latest` may move on meanwhile), or what a
 * `latest` file names where links cannot be made (Windows). A path to anything else comes back unchanged.
 */
export function resolveRunDirectory(path: string): string {
  const stat = statIfThere(path)
  if (stat?.isDirectory() === true) return realpathSync(path)
  if (stat?.isFile() !== true || stat.size > 4096) return path
  const name = readTextFile(path).trim()
  // Any other small file that was named by mistake.
  if (!/^[^\p{Cc}]{1,255}$/u.test(name)) return path
  const named = resolve(dirname(path), name)
  return statIfThere(named)?.isDirectory() === true ? named : path
}
