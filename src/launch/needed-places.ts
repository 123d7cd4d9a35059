import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { memoryVariable } from '../core/memory.ts'
import { networkNames } from '../agents/environment.ts'
import { commonFolder, findGitFolder } from '../process/git-folder.ts'
import { isWithin } from '../process/outside-path.ts'
import type { ConfinedAttempt, NeededPlaces } from './confinement.ts'

/** Variables that name a file or folder which a program reads. */
const namingVariables = [...networkNames.filter((name) => /CERT/.test(name)), 'GITHUB_EVENT_PATH']

/**
 * The places of the machine that an attempt works with: its working tree and what git knows about it, its own directories, and, only to be read, the run
 * directory, the main working tree and its program.
 */
export function neededPlaces(attempt: ConfinedAttempt): NeededPlaces {
  const { task, agent, directory, tree, workspace, runDirectory, installed, shared } = attempt
  const memory = task.env[memoryVariable]
  const write = [
    tree,
    directory.cwd,
    ...gitFolders(tree),
    directory.home,
    directory.temp,
    ...(memory === undefined ? [] : [memory]),
    ...shared,
  ]
  const login = directory.userHome !== undefined && agent.login ? join(directory.userHome, agent.login.file) : undefined
  const named = namingVariables.map((name) => directory.env[name]).filter((path) => path !== undefined && path !== '')
  const identity = directory.userHome === undefined ? undefined : join(directory.userHome, '.gitconfig')
  const read = [workspace, runDirectory, installed, identity, login, ...named].filter((path) => path !== undefined)
  return {
    write: outermost(write),
    read: [...new Set(read)].filter((path) => path.startsWith(sep) && existsSync(path) && !write.includes(path)),
  }
}

/** What git writes to for a working tree, where that is not inside. */
function gitFolders(tree: string): string[] {
  const folder = findGitFolder(tree)
  if (folder === undefined) return []
  return [folder.path, commonFolder(folder.path)]
}

/** Without the paths that are inside others. */
function outermost(paths: readonly string[]): string[] {
  const all = [...new Set(paths)]
  return all.filter((path) => existsSync(path) && !all.some((other) => other !== path && isWithin(path, other)))
}
