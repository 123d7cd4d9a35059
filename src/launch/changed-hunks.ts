import { join } from 'node:path'
import type { Changes } from '../core/changes.ts'
import type { Task } from '../core/task.ts'
import { readHunks, type HunkSides } from '../findings/diff-lines.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

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

/** Reads the diffs of a run, the parts of those files alone that are asked for. */
export function createChangedHunks(
  reviewed: ReviewedChanges | undefined,
  task: Task,
  runDirectory: string,
): ChangedHunks {
  const { changes, since } = reviewed ?? {}
  const ofPull = changes && hunksOf(changes, runDirectory)
  const ofTask =
    since?.changes.diffFile === task.changes?.file ? since && hunksOf(since.changes, runDirectory) : undefined
  return { ...(ofPull && { ofPull }), ...(ofTask && { ofTask }) }
}

function hunksOf({ diffFile, files }: Changes, runDirectory: string): HunksOf | undefined {
  if (diffFile === null) return undefined
  let diff: Buffer | undefined
  const parts = new Map<string, Omit<FileHunks, 'hunks'> & { readonly start: number; readonly end: number }>()
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
    diff ??= readRegularFile(join(runDirectory, diffFile), { maxBytes: Infinity, followLinks: false })
    const { start, end, ...file } = part
    return { ...file, hunks: readHunks(diff.subarray(start, end).toString('utf8')) }
  }
}
