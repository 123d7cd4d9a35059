import type { ChangedFile } from '../core/effect.ts'
import { shown, type FileName } from './file-name.ts'
import { findRefused } from './plan-patch.ts'
import type { ScratchGit } from './scratch-git.ts'
import { compareTrees } from './trees.ts'

/** What changed from one tree to another, content and all; or what of it may not leave, and why. */
export type ReadFiles =
  | { readonly kind: 'files'; readonly files: readonly ChangedFile[] }
  | { readonly kind: 'refused'; readonly files: readonly FileName[]; readonly why: string }

/** What may be made a commit elsewhere. */
export interface ReadLimits {
  /** Which protected files may be in it. */
  readonly allows: (name: FileName) => boolean
  /** Which files at all; absent: any. */
  readonly within?: (name: FileName) => boolean
  /** Of all files together. */
  readonly maxBytes: number
  /** Files that the run obeys. */
  readonly obeyed?: ReadonlySet<string>
}

/** Reads what changed, so that it can be made a commit elsewhere: text files, no submodules. */
export async function readChangedFiles(
  git: ScratchGit,
  trees: { readonly base: string; readonly theirs: string },
  { allows, within, maxBytes, obeyed }: ReadLimits,
): Promise<ReadFiles> {
  const changes = await compareTrees(git, trees.base, trees.theirs)
  const refused = await findRefused(git, changes, allows, obeyed)
  if (refused !== undefined) return refused
  const outside = within === undefined ? [] : changes.filter(({ name }) => !within(name)).map(({ name }) => name)
  if (outside.length > 0) return { kind: 'refused', files: outside, why: 'not among the `paths` that may change' }
  const files: ChangedFile[] = []
  let bytes = 0
  for (const { name, after } of changes) {
    const refuse = (why: string): ReadFiles => ({ kind: 'refused', files: [name], why })
    const path = shown(name)
    if (Buffer.from(path, 'utf8').toString('latin1') !== name) return refuse('its name is not UTF-8')
    if (after === undefined) {
      files.push({ path, mode: null, text: '' })
      continue
    }
    const { mode } = after
    if (mode !== '100644' && mode !== '100755' && mode !== '120000') return refuse('a submodule')
    bytes += Number(await git.run(['cat-file', '-s', after.oid]))
    if (bytes > maxBytes) return refuse(`with it the changed files have more than ${maxBytes} bytes`)
    const content = await git.run(['cat-file', 'blob', after.oid])
    const text = shown(content)
    if (content.includes('\0') || Buffer.from(text, 'utf8').toString('latin1') !== content)
      return refuse('a binary file')
    files.push({ path, mode, text })
  }
  return { kind: 'files', files }
}
