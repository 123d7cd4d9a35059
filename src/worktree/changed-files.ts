import { copyFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { ChangedFile, ChangeStatus } from '../core/changes.ts'
import { shown, splitNames, type FileName } from './file-name.ts'
import type { Repository } from './repository.ts'
import type { ScratchGit } from './scratch-git.ts'
import { isFile, withIndex } from './trees.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** Files that differ between two trees, and their diff in the same order, one string of bytes (latin1) each. */
export interface ChangedFiles {
  readonly files: readonly Omit<ChangedFile, 'bytes'>[]
  /** Absent where it was not asked for. */
  readonly diffs?: readonly string[]
}

/** Renamed files are found; as many as git would look through anyway, so that a huge change costs no more than it must. */
const renames = ['--find-renames', '-l400']

/** The diff as everybody reads it, whatever somebody has configured; no program of the tree's is run, and no attribute of it counts. */
const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--src-prefix=a/', '--dst-prefix=b/', '--full-index']

/**
 * Compares two trees. Which files are generated, and which are binary besides those whose content says so, is for the attributes of the first
 * one: what is to be looked at must not say that nobody needs to.
 */
export async function compareFiles(
  git: ScratchGit,
  before: string,
  after: string,
  withDiff: boolean,
): Promise<ChangedFiles> {
  const [raw, patch] = await Promise.all([
    git.run([
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--numstat',
      '--no-ext-diff',
      '--no-textconv',
      ...renames,
      before,
      after,
    ]),
    withDiff ? git.run(['diff-tree', '-r', '-p', ...plain, ...renames, before, after]) : undefined,
  ])
  const entries = readEntries(raw)
  const attributes = await readAttributes(
    git,
    before,
    entries.map(({ name }) => name),
  )
  const files = entries.map(({ name, previous, status, additions, deletions }) => {
    const { generated = false, binary = false } = attributes.get(name) ?? {}
    return {
      path: shown(name),
      ...(previous !== undefined && { previousPath: shown(previous) }),
      status,
      additions,
      deletions,
      generated,
      binary: binary || additions === null,
    }
  })
  return { files, ...(patch !== undefined && { diffs: splitDiff(patch, entries) }) }
}

interface Entry {
  readonly name: FileName
  readonly previous: FileName | undefined
  readonly status: ChangeStatus
  readonly additions: number | null
  readonly deletions: number | null
}

const statuses: Readonly<Record<string, ChangeStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  T: 'type-changed',
}

/** `--raw --numstat -z`: first `:100644 100644 … M\0name\0` for each file (with two names for R), then `1\t2\tname\0` (or `1\t2\t\0old\0new\0`). */
function readEntries(output: string): Entry[] {
  const fields = output.split('\0')
  const named: { name: FileName; previous: FileName | undefined; status: ChangeStatus }[] = []
  let at = 0
  for (; fields[at]?.startsWith(':') === true; at++) {
    const letter = fields[at]?.split(' ').at(-1)?.charAt(0) ?? 'M'
    const first = fields[++at] ?? ''
    const second = letter === 'R' ? fields[++at] : undefined
    named.push({ name: second ?? first, previous: second && first, status: statuses[letter] ?? 'modified' })
  }
  return named.map((entry) => {
    const [added = '-', removed = '-', name] = (fields[at++] ?? '').split('\t')
    if (name === '') at += 2
    const isText = added !== '-'
    return { ...entry, additions: isText ? Number(added) : null, deletions: isText ? Number(removed) : null }
  })
}

/** A part for each file; git tells of a file that became a link, or the other way round, in two. Inside a diff no line begins with `diff --git`. */
function splitDiff(patch: string, entries: readonly Entry[]): string[] {
  const parts = patch === '' ? [] : patch.split(/^(?=diff --git )/m)
  let at = 0
  return entries.map(({ status }) => {
    const count = status === 'type-changed' ? 2 : 1
    const part = parts.slice(at, at + count).join('')
    at += count
    return part
  })
}

/** `linguist-generated` (GitHub's documentation "Customizing how changed files appear") and `-diff`, as a tree has them. */
async function readAttributes(
  git: ScratchGit,
  tree: string,
  names: readonly FileName[],
): Promise<Map<FileName, { generated?: boolean; binary?: boolean }>> {
  const found = new Map<FileName, { generated?: boolean; binary?: boolean }>()
  if (names.length === 0) return found
  const listed = splitNames(await git.run(['ls-tree', '-r', '-z', '--full-tree', tree]))
  const own = listed.filter((line) => /[\t/]\.gitattributes$/.test(line) && isFile(entryOf(line)))
  if (own.length === 0) return found
  return withIndex(git, async (index) => {
    await git.run(['update-index', '-z', '--index-info'], { index, stdin: own.map((line) => `${line}\0`).join('') })
    const fields = (
      await git.run(['check-attr', '--cached', '--stdin', '-z', 'linguist-generated', 'diff'], {
        index,
        // The raw one has attributes that beat those of the tree.
        converts: true,
        stdin: names.map((name) => `${name}\0`).join(''),
      })
    ).split('\0')
    for (let at = 0; at + 2 < fields.length; at += 3) {
      const [name = '', attribute, value] = fields.slice(at, at + 3)
      const known = found.get(name) ?? {}
      if (attribute === 'diff') found.set(name, { ...known, binary: value === 'unset' })
      else found.set(name, { ...known, generated: value === 'set' || value === 'true' })
    }
    return found
  })
}

function entryOf(line: string): { mode: string; oid: string } {
  const [mode = '', , oid = ''] = line.slice(0, line.indexOf('\t')).split(' ')
  return { mode, oid }
}

/** The tree of the files as they lie in the repository now, but those that are ignored; as a commit would take them. */
export function treeOfFiles(git: ScratchGit, { root, gitFolder }: Repository): Promise<string> {
  return withIndex(git, async (index) => {
    const own = join(gitFolder, 'index')
    const stat = statIfThere(own)
    if (stat !== undefined) {
      copyFileSync(own, index)
      // What was changed in the same second as the index was written is known by its age (git's racy-git.txt).
      utimesSync(index, stat.atime, stat.mtime)
    }
    await git.run(['add', '--all'], { workTree: root, index, converts: true })
    return (await git.run(['write-tree'], { workTree: root, index, converts: true })).trim()
  })
}
