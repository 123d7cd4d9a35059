import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { writeFileAtomically } from './write-file.ts'

/** Where a run keeps its journal, logs and reports; absolute paths. */
export interface RunDirectory {
  readonly path: string
  readonly logs: string
  readonly id: string
  readonly journalPath: string
  /** Proves, where it is kept, what of the journal is ours. */
  readonly sealPath: string
  /** Of a simulated run: what its model served. */
  readonly ledgerPath: string
}

/** Names the files of a run directory that is there already. */
export function runDirectoryAt(path: string, id: string): RunDirectory {
  const absolute = resolve(path)
  return {
    path: absolute,
    logs: join(absolute, 'logs'),
    id,
    journalPath: join(absolute, 'journal.ndjson'),
    sealPath: join(absolute, 'journal.seal'),
    ledgerPath: join(absolute, 'simulation.ndjson'),
  }
}

/**
 * Makes the directory of a new run: `<root>/<start>-<id>`, or `explicit`. It is ignored by git from inside, unless it is one that holds
 * other things, and `<root>/latest` leads to it (a symbolic link, or where there are none a file that holds the directory's name).
 * Throws as `node:fs` does, when the directory already holds a journal, and when a link in it or `root` as a link, which a checkout may have
 * brought, would lead our files elsewhere.
 */
export function createRunDirectory(root: string, startedAt: Date, id: string, explicit?: string): RunDirectory {
  const directory = runDirectoryAt(explicit ?? join(root, `${timeStamp(startedAt)}-${id}`), id)
  if (explicit === undefined || `${directory.path}${sep}`.startsWith(`${resolve(root)}${sep}`)) refuseLink(root)
  const isOurs = isEmpty(directory.path)
  makeDirectories(directory.logs)
  refuseLink(directory.logs)
  if (exists(directory.journalPath))
    throw new Error(`${directory.path} holds another run; name another directory or resume that run`)
  if (isOurs) ignoreFromInside(directory.path)
  if (explicit === undefined) {
    ignoreFromInside(root)
    pointLatest(root, basename(directory.path))
  }
  return directory
}

/** Others may look, and change nothing, whatever umask we were started with. */
const directoryMode = 0o755

/** Whether there is nothing in a directory, be it that it is not there. */
function isEmpty(path: string): boolean {
  return !existsSync(path) || readdirSync(path).length === 0
}

/** A file of that name which is there already stays as it is. */
function ignoreFromInside(directory: string): void {
  const path = join(directory, '.gitignore')
  if (!exists(path)) writeFileSync(path, '*\n', { flag: 'wx', mode: 0o644 })
}

function refuseLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new Error(`${path} is a symbolic link, so files written there would end up elsewhere; remove it`)
}

/** As `mkdirSync` with `recursive`, which never returns where a directory cannot be made in one that is there (`/proc`). */
function makeDirectories(path: string): void {
  if (existsSync(path)) return
  makeDirectories(dirname(path))
  try {
    mkdirSync(path, { mode: directoryMode })
  } catch (error) {
    // Another run that starts now may have made it.
    if (!existsSync(path)) throw error
  }
}

function timeStamp(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-')
}

/** Replaces `latest` in one step, so that two runs that start together leave one of the two. A directory of that name is a run that was put there. */
function pointLatest(root: string, name: string): void {
  const latest = join(root, 'latest')
  if (lstatSync(latest, { throwIfNoEntry: false })?.isDirectory() === true) return
  const fresh = join(root, `latest.${process.pid}.tmp`)
  try {
    rmSync(fresh, { force: true })
    symlinkSync(name, fresh)
    renameSync(fresh, latest)
  } catch {
    rmSync(fresh, { force: true })
    writeFileAtomically(latest, `${name}\n`)
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
