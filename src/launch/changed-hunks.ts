import { join } from 'node:path'
import type { Changes, DiffPart } from '../core/changes.ts'
import type { Task } from '../core/task.ts'
import { readHunks, type HunkSides } from '../findings/diff-lines.ts'
import { readFileParts } from '../process/read-regular-file.ts'

/** What a run is about: the whole change, and what agents that read changes are given of it. */
export interface ReviewedChanges {
  readonly changes?: Changes
  readonly since?: { readonly changes: Changes }
}

/** What a change did to the file of a path, before or after it; undefined where it did nothing. */
export type HunksOf = (path: string) => FileHunks | undefined

/** A file that was changed, by its path after that. */
export interface FileHunks {
  readonly path: string
  readonly isGone: boolean
  readonly hunks: readonly HunkSides[]
}

/** Where findings are held against a change; neither is there where no diff is. */
export interface ChangedHunks {
  /** The whole change. */
  readonly ofPull?: HunksOf
  /** What the task was given, where that is not the whole. */
  readonly ofTask?: HunksOf
}

/** Finds what findings of a task are held against. */
export type ReadChangedHunks = (reviewed: ReviewedChanges | undefined, task: Pick<Task, 'changes'>) => ChangedHunks

/** Reads the diffs of a run, the parts of those files alone that are asked for; which part is whose is found out once for all its tasks. */
export function createChangedHunks(runDirectory: string): ReadChangedHunks {
  const known = new WeakMap<Changes, HunksOf>()
  const hunksIn = (changes: Changes): HunksOf | undefined => {
    const { diffFile } = changes
    if (diffFile === null) return undefined
    const hunks = known.get(changes) ?? hunksOf(changes, join(runDirectory, diffFile))
    known.set(changes, hunks)
    return hunks
  }
  return ({ changes, since } = {}, task) => {
    const ofPull = changes && hunksIn(changes)
    const ofTask = since?.changes.diffFile === task.changes?.file ? since && hunksIn(since.changes) : undefined
    return { ...(ofPull && { ofPull }), ...(ofTask && { ofTask }) }
  }
}

function hunksOf({ files }: Changes, diffPath: string): HunksOf {
  const parts = new Map<string, Omit<FileHunks, 'hunks'> & DiffPart>()
  const before = new Map<string, string>()
  let at = 0
  for (const { path, previousPath, bytes, binary, status } of files) {
    const isText = !binary && status !== 'type-changed'
    parts.set(path, { path, isGone: status === 'deleted', start: at, end: isText ? at + bytes : at })
    at += bytes
    if (previousPath !== undefined) before.set(previousPath, path)
  }
  return (asked) => {
    const part = parts.get(asked) ?? parts.get(before.get(asked) ?? '')
    if (part === undefined) return undefined
    const { start, end, ...file } = part
    return { ...file, hunks: readHunks(readFileParts(diffPath, [{ start, end }]).toString('utf8')) }
  }
}
