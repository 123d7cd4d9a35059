import { isUtf8 } from 'node:buffer'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AttemptEnded } from '../core/event.ts'
import type { KnownMemory, MemoryChange, MemoryRule, MemoryStore } from '../core/memory.ts'
import { messageOf } from '../core/message-of.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Task } from '../core/task.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import { nameOf } from '../worktree/file-name.ts'
import { isProtected, isUnsafe } from '../worktree/unsafe-name.ts'
import type { LauncherOptions } from './launcher-options.ts'

/** The memory of an attempt: its directory, and what was in it; undefined where it could not be read, and is not written then. */
export interface OpenedMemory {
  readonly path: string
  readonly known: KnownMemory | undefined
}

type Around = Pick<LauncherOptions, 'memory' | 'redactor' | 'emit'>

/** Lays the files of a memory into a new directory. A memory that cannot be read is empty, which is said. */
export async function openMemory(
  { id, memory: rule }: Task,
  path: string,
  { memory, emit }: Around,
): Promise<OpenedMemory> {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (rule === undefined || memory === undefined) return { path, known: undefined }
  try {
    const known = await memory.read(rule.name)
    for (const [name, text] of known.files) {
      if (isUnsafe(nameOf(name)) || isProtected(nameOf(name))) continue
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    return { path, known }
  } catch (error) {
    const message = plainLine(`its memory \`${rule.name}\` is empty, and is not kept this time: ${messageOf(error)}`)
    emit({ type: 'notice', level: 'warning', id, message })
    return { path, known: undefined }
  }
}

/** What a prompt says of it. */
export function describeMemory(path: string): string {
  return `\n\nThe text files in ${path} are kept from one run of this task to the next. Read them first; leave there, short and free of secrets, what the next run should know.`
}

/**
 * Keeps what an attempt that ended well has left in its memory: the files that differ from those it was given, masked, announced in the journal and then
 * written. What cannot be kept is said, and changes nothing of how the attempt ended.
 */
export async function keepMemory(
  { id, attempt, memory: rule }: Task,
  ended: AttemptEnded,
  { path, known }: OpenedMemory,
  { memory, redactor, emit, stopped }: Around & { readonly stopped: () => boolean },
): Promise<void> {
  if (rule === undefined || memory === undefined || known === undefined) return
  const say = (level: 'notice' | 'warning', message: string): void =>
    emit({ type: 'notice', level, id, message: plainLine(`its memory \`${rule.name}\` ${message}`) })
  try {
    const found = readFiles(path, rule)
    if (typeof found === 'string') return say('warning', `was not kept: ${found}`)
    if (found.left.length > 0)
      say(
        'warning',
        `is kept without ${found.left.slice(0, 5).join(', ')}: only text files are, and none that agents obey`,
      )
    const changes = differences(known.files, found.files, (text) => redactor.text(text))
    if (changes.length === 0 || stopped()) return
    if (memory.refusal !== undefined) return say('notice', `was not kept: ${memory.refusal}`)
    emit({ type: 'effect.started', id, attempt, effect: { kind: 'memory', name: rule.name, changes }, ended })
    if (stopped()) return
    const overwritten = await memory.write(rule.name, changes, known)
    if (overwritten.length > 0)
      say('warning', `was changed by someone else in the meantime: this version of ${overwritten.join(', ')} was kept`)
  } catch (error) {
    say('warning', `was not kept: ${messageOf(error)}`)
  }
}

/** Writes what an earlier process was about to write; answers with a message where it could not. */
export async function keepMemoryAgain(
  name: string,
  changes: readonly MemoryChange[],
  memory: MemoryStore | undefined,
): Promise<string | undefined> {
  if (memory === undefined || memory.refusal !== undefined) return memory?.refusal ?? 'there is no place for it here'
  try {
    await memory.write(name, changes, undefined)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  masked: (text: string) => string,
): MemoryChange[] {
  const changes: MemoryChange[] = []
  for (const [path, text] of after)
    if (before.get(path) !== text && masked(path) === path) changes.push({ path, text: masked(text) })
  for (const path of before.keys()) if (!after.has(path)) changes.push({ path, text: null })
  return changes
}

/**
 * The text files below a directory, and what is none or would be obeyed by an agent's CLI; or why that is more than a memory may have. Links are not
 * followed.
 */
function readFiles(
  root: string,
  { maxBytes, maxFiles }: MemoryRule,
): { readonly files: Map<string, string>; readonly left: string[] } | string {
  const files = new Map<string, string>()
  const left: string[] = []
  let bytes = 0
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (isUnsafe(nameOf(path)) || isProtected(nameOf(path)) || entry.name.includes('\uFFFD')) left.push(path)
      else if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) {
        if (files.size === maxFiles) return `it has more than ${maxFiles} files`
        const content = readRegularFile(join(root, path), { maxBytes, followLinks: false })
        bytes += content.length
        if (bytes > maxBytes) return `it has more than ${maxBytes} bytes`
        if (isUtf8(content) && !content.includes(0)) files.set(path, content.toString())
        else left.push(path)
      } else left.push(path)
    }
  return { files, left }
}
