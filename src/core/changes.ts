import type { Json, JsonObject } from './json.ts'
import { createPathFilter } from './path-filter.ts'

/** What became of a file, as `git diff --name-status` tells it. */
export type ChangeStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'type-changed'

/** A file that differs between the two ends of the changes. */
export interface ChangedFile {
  /** From the root of the repository, with `/`; of a deleted file, where it was. */
  readonly path: string
  /** Of a renamed file. */
  readonly previousPath?: string
  readonly status: ChangeStatus
  /** Lines; null for a binary file. */
  readonly additions: number | null
  readonly deletions: number | null
  /** The attribute `linguist-generated`, as the base has it. */
  readonly generated: boolean
  /** By its content, or because the base's attributes say so. */
  readonly binary: boolean
  /** The working tree has it otherwise than `head`: merged with what its base has meanwhile. Lines may have other numbers there. */
  readonly differsHere?: true
  /** Bytes that it has in the diff file; its part begins where that of the file before it ends. 0 without a diff file. */
  readonly bytes: number
}

/** What a run is about: the difference between two commits, computed by git when the run began. */
export interface Changes {
  /** Commit (hex) from which the difference is told; null where there is nothing before. */
  readonly base: string | null
  /** Commit (hex) whose files are looked at; null before the first commit. */
  readonly head: string | null
  /** Name of the diff file in the run directory; null where nothing asks for it. */
  readonly diffFile: string | null
  readonly files: readonly ChangedFile[]
}

/** What of the changes a plan asks for: the files alone, or their diff as well. */
export type ChangesNeeded = 'files' | 'diff'

/** `paths` or `paths-ignore` of an instance. */
export interface ChangedPaths {
  readonly key: 'paths' | 'paths-ignore'
  readonly filters: readonly string[]
}

/** The changes that a process is about: of one that reads them those since the last review, where there are such. */
export function changesFor(
  { changes, since }: { readonly changes?: Changes; readonly since?: { readonly changes: Changes } },
  attach: readonly string[],
): Changes | undefined {
  return attach.includes(attachedChanges) ? (since?.changes ?? changes) : changes
}

/** The word in `attach` that stands for the diff. */
export const attachedChanges = 'changes'

/** Whether any changed file passes a list of `paths` filters; a renamed file counts where it was and where it is. */
export function changesMatch(changes: Changes, filters: readonly string[]): boolean {
  const passes = createPathFilter(filters)
  return changes.files.some(
    ({ path, previousPath }) => passes(path) || (previousPath !== undefined && passes(previousPath)),
  )
}

/** Why an instance with such paths has nothing to do; undefined when it has. */
export function explainUnchanged(changes: Changes, { key, filters }: ChangedPaths): string | undefined {
  const wanted = key === 'paths' ? filters : ['**', ...filters.map((filter) => `!${filter}`)]
  if (changesMatch(changes, wanted)) return undefined
  const { length } = changes.files
  if (length === 0) return 'no file changed'
  const listed = filters.length > 5 ? `${filters.slice(0, 5).join(', ')} …` : filters.join(', ')
  if (key === 'paths')
    return length === 1
      ? `paths: the changed file does not match ${listed}`
      : `paths: none of the ${length} changed files matches ${listed}`
  return length === 1
    ? `paths-ignore: the changed file matches ${listed}`
    : `paths-ignore: all ${length} changed files match ${listed}`
}

/** A stretch of the diff file, in bytes; the end is exclusive. */
export interface DiffPart {
  readonly start: number
  readonly end: number
}

/** What an attempt is given of the diff. */
export interface AttachedDiff {
  /** Name in the run directory. */
  readonly file: string
  readonly range: { readonly base: string | null; readonly head: string | null }
  /** Which of how many chunks this is; absent for all at once. */
  readonly chunk?: { readonly number: number; readonly of: number }
  readonly parts: readonly DiffPart[]
  /** How many files those are. */
  readonly files: number
  /** What no chunk has, and why. */
  readonly left: readonly { readonly path: string; readonly why: 'generated' | 'binary' }[]
}

/** All that can be read of the diff, in chunks along the files' boundaries where a size is given; one file larger than that is a chunk of its own. */
export function attachedDiffs(changes: Changes, maxBytes?: number): AttachedDiff[] {
  const { diffFile, base, head } = changes
  const left: { path: string; why: 'generated' | 'binary' }[] = []
  const chunks: { parts: DiffPart[]; bytes: number }[] = []
  let at = 0
  for (const { path, generated, binary, bytes } of changes.files) {
    const start = at
    at += bytes
    if (generated || binary) {
      left.push({ path, why: generated ? 'generated' : 'binary' })
      continue
    }
    const open = chunks.at(-1)
    if (open === undefined || (maxBytes !== undefined && open.bytes + bytes > maxBytes))
      chunks.push({ parts: [{ start, end: at }], bytes })
    else {
      open.parts.push({ start, end: at })
      open.bytes += bytes
    }
  }
  if (chunks.length === 0 && maxBytes === undefined) chunks.push({ parts: [], bytes: 0 })
  return chunks.map(({ parts }, index) => ({
    file: diffFile ?? '',
    range: { base, head },
    ...(maxBytes !== undefined && { chunk: { number: index + 1, of: chunks.length } }),
    parts,
    files: parts.length,
    left,
  }))
}

/** The `changes` context of expressions; `directory` is the run's. */
export function changesContext({ base, head, diffFile, files }: Changes, directory: string): JsonObject {
  let made: Json[] | undefined
  return {
    base,
    head,
    'diff-file': diffFile === null ? null : `${directory}/${diffFile}`,
    get files() {
      made ??= files.map(({ path, previousPath, status, additions, deletions, generated, binary }) => ({
        path,
        'previous-path': previousPath ?? null,
        status,
        additions,
        deletions,
        generated,
        binary,
      }))
      return made
    },
  }
}
