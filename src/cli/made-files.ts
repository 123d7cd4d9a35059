import { existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import type { Refusal } from '../core/refusal.ts'
import type { Surroundings } from './surroundings.ts'

/** A file that a command makes. */
export interface MadeFile {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
}

/** Writes files that are not there yet, all of them or none; says why it cannot. What stands there already is never touched. */
export function writeMadeFiles(files: readonly MadeFile[], { root }: Surroundings): Refusal | undefined {
  const written: string[] = []
  try {
    const taken = files.filter(({ path }) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined)
    if (taken.length > 0)
      return {
        mistake: `${taken.map(({ path }) => path).join(' and ')} exists already, and nothing is overwritten`,
        hint: 'move it, or use --dry-run to see what would be written',
      }
    for (const { path, text } of files) {
      const target = join(root, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text, { flag: 'wx' })
      written.push(target)
    }
    return undefined
  } catch (error) {
    for (const path of written) if (existsSync(path)) rmSync(path)
    return { mistake: `cannot write: ${messageOf(error)}` }
  }
}

/** Prints files as they would be written, each after its path. */
export function printMadeFiles(files: readonly MadeFile[], { out }: Surroundings): void {
  for (const [index, { path, text }] of files.entries())
    out.write(`${index === 0 ? '' : '---\n'}# file: ${path}\n${text}${text.endsWith('\n') ? '' : '\n'}`)
}
