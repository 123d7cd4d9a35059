import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning, ownIdentity, ownNamespace } from '../process/identity.ts'
import { unguessable } from '../process/unguessable.ts'
import { monotonicMs } from '../process/monotonic-time.ts'
import { codeOf } from './place.ts'
import { readTextFile } from '../process/read-regular-file.ts'

/** How often a holder says that it is still there. */
const beatMs = 1000
/** A lock of somebody we cannot look up (in another container) that nobody has touched for so long was left behind. */
const abandonedAfterMs = 20_000

/** How long the lock is waited for: the holder may be stopped. */
const patienceMs = 600_000

/** What waits for a repository's lock within this process. */
const queues = new Map<string, Promise<unknown>>()

/**
 * Does something to a repository while no other orchestrator does: makes or removes worktrees, changes its files. The lock is a file in the
 * folder that all its worktrees share, as git's own are.
 */
export function withRepositoryLock<T>(commonFolder: string, act: () => Promise<T>, limitMs = patienceMs): Promise<T> {
  const turn = (queues.get(commonFolder) ?? Promise.resolve()).then(async () => {
    const release = await take(join(commonFolder, 'orchestrator.lock'), limitMs)
    try {
      return await act()
    } finally {
      release()
    }
  })
  queues.set(
    commonFolder,
    turn.catch(() => {}),
  )
  return turn
}

async function take(path: string, limitMs: number): Promise<() => void> {
  const until = monotonicMs() + limitMs
  const own = `${ownNamespace()} ${ownIdentity()} ${unguessable()}\n`
  let fd: number | undefined
  let seen = { text: '', touched: 0, since: 0 }
  for (let waitMs = 2; ; waitMs = Math.min(100, waitMs * 2)) {
    fd = create(path, own)
    if (fd !== undefined) break
    const now = look(path)
    if (now !== undefined) {
      if (now.text !== seen.text || now.touched !== seen.touched) seen = { ...now, since: monotonicMs() }
      if (isAbandoned(now.text, monotonicMs() - seen.since)) remove(path, now.text)
      else if (monotonicMs() > until)
        throw new Error(`${path} is held by ${holderOf(now.text)}; remove it if that is no orchestrator at work`)
    }
    await delay(waitMs)
  }
  const held = fd
  const beat = setInterval(() => writeSync(held, own, 0), beatMs).unref()
  return () => {
    clearInterval(beat)
    closeSync(held)
    if (look(path)?.text === own) rmSync(path, { force: true })
  }
}

function create(path: string, text: string): number | undefined {
  try {
    const fd = openSync(path, 'wx', 0o600)
    writeSync(fd, text)
    return fd
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined
    throw error
  }
}

function isAbandoned(text: string, untouchedMs: number): boolean {
  const [where, identity] = text.trim().split(' ')
  if (where === ownNamespace() && where !== '-' && identity !== undefined) return !isRunning(identity)
  return untouchedMs > abandonedAfterMs
}

function holderOf(text: string): string {
  return `process ${text.split(' ')[1]?.split('-')[0] ?? '?'}`
}

function look(path: string): { readonly text: string; readonly touched: number } | undefined {
  try {
    return { text: readTextFile(path), touched: statSync(path).mtimeMs }
  } catch {
    return undefined
  }
}

/** Of several who find it abandoned one moves it away; who moved a new one instead puts it back. */
function remove(path: string, text: string): void {
  const aside = `${path}.${unguessable()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (look(aside)?.text === text) rmSync(aside, { force: true })
  else renameSync(aside, path)
}
