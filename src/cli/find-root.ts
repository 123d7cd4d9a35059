import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findGitFolder } from '../process/git-folder.ts'

/** Where an orchestration file is looked for in a folder when none is named. */
export const defaultPaths = [
  '.github/orchestrator.yml',
  '.github/orchestrator.yaml',
  'orchestrator.yml',
  'orchestrator.yaml',
] as const

/**
 * The folder that paths of an orchestration file start from and instances run in: the root of the repository; outside of one the nearest folder,
 * this one or one above, that has an orchestration file; else this one.
 */
export function findRoot(cwd: string): string {
  const folders = foldersUpTo(cwd, undefined)
  const hasFile = (folder: string): boolean => defaultPaths.some((path) => existsSync(join(folder, path)))
  return findGitFolder(cwd)?.root ?? folders.find(hasFile) ?? cwd
}

/** The orchestration file nearest to a folder, looked for upwards as far as the root; absolute. */
export function findDefaultFile(cwd: string, root: string): string | undefined {
  for (const folder of foldersUpTo(cwd, root)) {
    const found = defaultPaths.map((path) => join(folder, path)).find((path) => existsSync(path))
    if (found !== undefined) return found
  }
  return undefined
}

function foldersUpTo(cwd: string, last: string | undefined): string[] {
  const folders: string[] = []
  for (let at = cwd; ; at = dirname(at)) {
    folders.push(at)
    if (at === last || dirname(at) === at) return folders
  }
}
