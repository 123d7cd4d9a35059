import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ScratchGit } from './scratch-git.ts'
import { isFile, isSame, type Entry } from './trees.ts'

/** What a path holds after both changes; `conflict` when they do not go together. */
export type Merged = { readonly entry: Entry | undefined } | 'conflict'

/**
 * Brings a change from `base` to `theirs` to where `ours` stands, as `git merge-file` does for the lines of a text. What is no text, a link, and
 * what only one side has removed go together only when one side has left them as they were.
 */
export async function mergeEntries(
  git: ScratchGit,
  base: Entry | undefined,
  ours: Entry | undefined,
  theirs: Entry | undefined,
): Promise<Merged> {
  if (isSame(ours, base)) return { entry: theirs }
  if (isSame(ours, theirs)) return { entry: ours }
  if (!isFile(ours) || !isFile(theirs) || (base !== undefined && !isFile(base))) return 'conflict'
  const mode = base === undefined || ours.mode === base.mode ? theirs.mode : ours.mode
  const oid = await mergeContents(git, base?.oid, ours.oid, theirs.oid)
  return oid === undefined ? 'conflict' : { entry: { mode, oid } }
}

async function mergeContents(
  git: ScratchGit,
  base: string | undefined,
  ours: string,
  theirs: string,
): Promise<string | undefined> {
  if (ours === base || ours === theirs) return theirs
  if (theirs === base) return ours
  const files: string[] = []
  try {
    for (const oid of [ours, base ?? (await emptyFile(git)), theirs])
      files.push((await git.run(['unpack-file', oid])).trim())
    const merge = ['merge-file', '--quiet', ...files]
    // It ends with the number of conflicts, or with 255 for what is no text.
    const conflicts = { code: 0 }
    await git.run(merge, { accepts: (code) => (conflicts.code = code) >= 0 })
    if (conflicts.code !== 0) return undefined
    return (await git.run(['hash-object', '-w', '--no-filters', '--', files[0] ?? ''])).trim()
  } finally {
    for (const file of files) rmSync(join(git.folder, file), { force: true })
  }
}

async function emptyFile(git: ScratchGit): Promise<string> {
  return (await git.run(['hash-object', '-w', '--stdin'], { stdin: '' })).trim()
}
