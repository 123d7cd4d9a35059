import { mkdirSync, renameSync, rmSync, statSync, utimesSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import { writeNewFile } from '../process/create-file.ts'
import { namesIn } from '../process/names-in.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import { digestOf } from './content-key.ts'
import { decodeEntry, encodeEntry, EntryError, entryVersion, type Entry } from './entry.ts'

/** A larger outcome is not kept. */
export const entryLimit = 16 * 1024 * 1024

/** What is kept where, and by whom. */
export interface StoreOptions {
  readonly directory: string
  /** What entries are sealed with. */
  readonly seal: string
  /** Whose outcomes these are: what was kept in another namespace is never found. */
  readonly namespace: string
  /** All entries together are at most so large after `prune`. */
  readonly maxBytes: number
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Whose outcome. */
export interface Whose {
  /** Of the orchestration. */
  readonly name: string
  readonly id: string
}

/** An entry, or why the one that is there is of no use; nothing where none is there. */
export type Looked = { readonly entry: Entry } | { readonly problem: string } | undefined

/** A file of the store. */
export interface StoredFile {
  readonly path: string
  readonly bytes: number
  /** When it was last of use, epoch milliseconds. */
  readonly usedAt: number
}

/**
 * Outcomes in a folder, a file each, which stands there whole or not at all: several runs may look things up, keep and prune at once. Nothing of it throws for
 * a file that somebody else has removed.
 */
export interface OutcomeStore {
  get(whose: Whose, key: string): Looked
  /** The newest that is kept of an instance, whatever its key. */
  newest(whose: Whose): Entry | undefined
  /** Answers its file and the SHA-256 of that. Throws as `node:fs` does, and EntryError for one that is too large. */
  put(entry: Entry): { readonly path: string; readonly digest: string }
  /** Removes what was of no use for longest, of any namespace, until the rest is within the limit; answers what is gone. */
  prune(): StoredFile[]
}

/** What is left of a write that was interrupted goes after so long. */
const leftoverMs = 3_600_000
let written = 0

/** Opens a store; the folder is made by the first `put`. */
export function openStore({ directory, seal, namespace, maxBytes, now }: StoreOptions): OutcomeStore {
  const root = join(directory, `v${entryVersion}`, namespace)
  const folderOf = ({ name, id }: Whose): string => {
    const readable = id.replaceAll(/[^\w.-]/g, '_').slice(0, 60)
    return join(root, `${readable}-${digestOf(JSON.stringify([name, id])).slice(0, 16)}`)
  }
  const read = (path: string): Entry =>
    decodeEntry(readRegularFile(path, { maxBytes: 2 * entryLimit, followLinks: false }), seal, namespace)
  return {
    get(whose, key) {
      const path = join(folderOf(whose), `${key}.outcome`)
      try {
        const entry = read(path)
        if (entry.key !== key || entry.id !== whose.id) return { problem: 'is damaged: it is of something else' }
        utimesSync(path, now() / 1000, now() / 1000)
        return { entry }
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        return { problem: error instanceof EntryError ? error.message : `cannot be read (${messageOf(error)})` }
      }
    },
    newest(whose) {
      const folder = folderOf(whose)
      const found = namesIn(folder)
        .filter((name) => name.endsWith('.outcome'))
        .map((name) => ({ path: join(folder, name), usedAt: statOf(join(folder, name))?.mtimeMs ?? 0 }))
        .toSorted((a, b) => b.usedAt - a.usedAt)
      for (const { path } of found.slice(0, 3))
        try {
          return read(path)
        } catch {
          // The one before it may be whole.
        }
      return undefined
    },
    put(entry) {
      const bytes = encodeEntry(entry, seal, namespace)
      if (bytes.length > entryLimit) throw new EntryError(`has ${bytes.length} bytes, more than ${entryLimit}`)
      const folder = folderOf(entry)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const temporary = join(folder, `${entry.key}.${process.pid}.${++written}.tmp`)
      try {
        writeNewFile(temporary, bytes, 0o600)
        const path = join(folder, `${entry.key}.outcome`)
        renameSync(temporary, path)
        return { path, digest: digestOf(bytes) }
      } catch (error) {
        rmSync(temporary, { force: true })
        throw error
      }
    },
    prune: () => pruneStore(directory, maxBytes, now()),
  }
}

/** All outcomes that a folder has, of every namespace. What interrupted writes left is removed. */
export function storedFiles(directory: string, now: number): StoredFile[] {
  const root = join(directory, `v${entryVersion}`)
  const folders = namesIn(root).flatMap((namespace) =>
    namesIn(join(root, namespace)).map((each) => join(root, namespace, each)),
  )
  const found: StoredFile[] = []
  for (const folder of folders)
    for (const name of namesIn(folder)) {
      const path = join(folder, name)
      const stat = statOf(path)
      if (stat === undefined) continue
      if (name.endsWith('.outcome')) found.push({ path, bytes: stat.size, usedAt: stat.mtimeMs })
      else if (now - stat.mtimeMs > leftoverMs) rmSync(path, { force: true })
    }
  return found
}

/** Removes what was of no use for longest until the rest is within a number of bytes; answers what is gone. */
export function pruneStore(directory: string, maxBytes: number, now: number): StoredFile[] {
  const all = storedFiles(directory, now).toSorted((a, b) => a.usedAt - b.usedAt)
  let bytes = all.reduce((sum, file) => sum + file.bytes, 0)
  const gone: StoredFile[] = []
  for (const file of all) {
    if (bytes <= maxBytes) break
    rmSync(file.path, { force: true })
    bytes -= file.bytes
    gone.push(file)
  }
  return gone
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
