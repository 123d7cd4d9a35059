import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { namesIn } from '../../process/names-in.ts'

/** More would not fit into the arguments of a program; nobody has as many. */
const most = 300

/** Folders below a folder of skills that are looked into; Codex goes less deep. */
const depth = 8

/**
 * The skills that Codex would find in the working tree, so that they can be turned off one by one: it has no switch for all of them, and loads
 * one whenever a prompt mentions its name. Throws where there are too many.
 */
export function findTreeSkills(cwd: string): string[] {
  const found = new Set<string>()
  // Links to folders are followed, as Codex does.
  const look = (folder: string, left: number): void => {
    for (const name of namesIn(folder)) {
      const path = join(folder, name)
      if (name.toLowerCase() === 'skill.md') for (const known of [path, realOf(path)]) found.add(known)
      else if (left > 0) look(path, left - 1)
      if (found.size > most) throw new Error(`the working tree has more Codex skills than can be turned off (${most})`)
    }
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const place of ['.agents', '.codex']) look(join(folder, place, 'skills'), depth)
    if (folder === dirname(folder)) return [...found]
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
