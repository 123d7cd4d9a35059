import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { KnownMemory, MemoryStore } from '../core/memory.ts'
import { writeNewFile } from '../process/create-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** More than any memory has: what is larger somebody else has put there. */
const mostBytes = 16 * 1024 * 1024

/** Memories of a desk: a directory each below `root`. Files are replaced whole, so that runs at the same time do not mix. */
export function createLocalMemory(root: string): MemoryStore {
  const read = (name: string): KnownMemory => ({ files: readAll(join(root, name)), version: '' })
  return {
    read: (name) => Promise.resolve().then(() => read(name)),
    write: (name, changes, known) =>
      Promise.resolve().then(() => {
        const folder = join(root, name)
        mkdirSync(folder, { recursive: true })
        const real = realpathSync(folder)
        const before = known === undefined ? undefined : readAll(folder)
        const overwritten: string[] = []
        for (const { path, text } of changes) {
          if (before !== undefined && before.get(path) !== known?.files.get(path)) overwritten.push(path)
          const target = join(folder, path)
          if (text === null) {
            rmSync(target, { force: true })
            continue
          }
          mkdirSync(dirname(target), { recursive: true })
          if (!`${realpathSync(dirname(target))}${sep}`.startsWith(`${real}${sep}`))
            throw new Error(`${path} leads out of it`)
          const temporary = `${target}.${process.pid}.tmp`
          writeNewFile(temporary, text)
          renameSync(temporary, target)
        }
        return overwritten
      }),
  }
}

function readAll(root: string): Map<string, string> {
  const files = new Map<string, string>()
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && !entry.name.endsWith('.tmp'))
        files.set(path, readRegularFile(join(root, path), { maxBytes: mostBytes, followLinks: false }).toString())
    }
  }
  try {
    walk('')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  return files
}
