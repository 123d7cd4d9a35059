import type { ChangedFile, ChangeStatus } from '../core/changes.ts'
import type { PullFile } from '../github/foreign-artifact.ts'

/** What a pull request changes, as GitHub tells it, in the form in which git's diff of a run stands in its directory. */
export interface PullChanges {
  readonly diffFile: string
  readonly diff: Buffer
  readonly files: readonly ChangedFile[]
}

/** How GitHub calls it; it has more words for what did not change (docs.github.com, "List pull requests files"). */
const statuses: Readonly<Record<string, ChangeStatus>> = {
  added: 'added',
  removed: 'deleted',
  renamed: 'renamed',
  changed: 'type-changed',
}

/** The diff of a pull request in one piece, and how many bytes of it each file has. */
export function changesOfPull(listed: readonly PullFile[]): PullChanges {
  const parts = listed.map(({ patch }) => Buffer.from(patch === undefined ? '' : `${patch}\n`))
  const files = listed.map(({ path, status, patch }, index): ChangedFile => ({
    path,
    status: statuses[status] ?? 'modified',
    additions: null,
    deletions: null,
    generated: false,
    binary: patch === undefined,
    bytes: parts[index]?.length ?? 0,
  }))
  return { diffFile: 'pull-request.diff', diff: Buffer.concat(parts), files }
}
