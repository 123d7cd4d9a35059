import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { filesBelow } from '../agents/jsonl-tail.ts'
import type { Agent, ContinuedSession } from '../agents/agent.ts'
import { messageOf } from '../core/message-of.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Task } from '../core/task.ts'
import { openRegularFile } from '../process/read-regular-file.ts'
import { removeTreeSync } from '../process/remove-tree.ts'
import { sessionsFolder } from '../core/session.ts'

/** Most bytes of a session that is kept for others. */
const mostBytes = 256 * 1024 * 1024

/** Where the session of an attempt is kept. */
const keptAt = (runDirectory: string, id: string, attempt: number): string =>
  join(runDirectory, sessionsFolder, `${id}.${attempt}`)

/**
 * Keeps the files of a session for those who take it up: as they are, since a CLI does not go on with a conversation in which words were masked. They are
 * for our user alone and in no artifact. Returns why nothing is kept, one line.
 */
export function keepSession(
  { id, attempt }: Task,
  { sessions }: Agent,
  { home, runDirectory }: { readonly home: string; readonly runDirectory: string },
): string | undefined {
  if (sessions === undefined) return undefined
  const folder = join(home, sessions.folder)
  const place = keptAt(runDirectory, id, attempt)
  const unfinished = `${place}.tmp`
  try {
    removeTreeSync(unfinished)
    let left = mostBytes
    const files = filesBelow(folder, sessions.file)
    if (files.length === 0) throw new Error('its CLI wrote none')
    for (const path of files) {
      const copy = join(unfinished, relative(folder, path))
      mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
      left -= copyRegular(path, copy, left)
    }
    rmSync(place, { recursive: true, force: true })
    renameSync(unfinished, place)
    return undefined
  } catch (error) {
    removeTreeSync(unfinished)
    return plainLine(`its session was not kept, so nothing can continue it: ${messageOf(error)}`)
  }
}

/** Puts the files of the session that a task takes up where the CLI of this attempt looks for them; or says why there is none, one line. */
export function takeUpSession(
  task: Task,
  { name, sessions }: Agent,
  { home, runDirectory }: { readonly home: string; readonly runDirectory: string },
): ContinuedSession | { readonly problem: string } {
  const { from = '', fork = false, of } = task.session ?? {}
  if (of === undefined)
    return { problem: `\`${from}\` has no session to continue: it did not run, or its CLI reported none` }
  if (sessions?.continues !== true || of.runtime !== name)
    return { problem: `the session of \`${from}\` is one of ${of.runtime}, which ${name} cannot continue` }
  const place = keptAt(runDirectory, from, of.attempt)
  const files = filesBelow(place, sessions.file)
  if (!/^[\w-]+$/.test(of.session) || files.every((path) => !path.includes(of.session)))
    return {
      problem: `the session of \`${from}\` is not here: it stays on the machine that ran it and is in no artifact; run \`orchestrator retry ${from} --again\``,
    }
  for (const path of files) {
    const copy = join(home, sessions.folder, relative(place, path))
    mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
    copyFileSync(path, copy)
  }
  return { session: of.session, fork, files }
}

/** The size of a regular file that was copied; throws where it is none, or larger than may be. */
function copyRegular(from: string, to: string, most: number): number {
  const source = openRegularFile(from, false)
  try {
    if (fstatSync(source).size > most) throw new Error(`it is larger than ${mostBytes / 1024 / 1024} MiB`)
    const target = openSync(to, 'wx', 0o600)
    try {
      fchmodSync(target, 0o600)
      const chunk = Buffer.allocUnsafe(1024 * 1024)
      let length = 0
      for (let read = -1; read !== 0; length += read) {
        read = readSync(source, chunk, 0, Math.min(chunk.length, most - length), length)
        writeSync(target, chunk, 0, read)
      }
      return length
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
}
