import { shown, type FileName } from './file-name.ts'

/** Characters that HFS+ takes for none, so that `.g<U+200C>it` is `.git` there. */
const ignoredOnHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/**
 * Whether a part of a path is `.git` somewhere: in another case, by its short name on NTFS (`GIT~1`), with what Windows drops at the
 * end (`.git. `, `.git::$INDEX_ALLOCATION`), with characters that a Mac ignores. A backslash begins a new part on Windows.
 */
export function isGitFolder(part: string): boolean {
  return part.split('\\').some((piece) => {
    const plain = piece.replaceAll(ignoredOnHfs, '').toLowerCase()
    const base = plain.replace(/:.*$/s, '').replace(/[. ]+$/, '')
    return base === '.git' || /^git~\d+$/.test(base)
  })
}

/** Whether a path leads into a `.git`, at any depth, or out of the folder it is in. */
export function isUnsafe(name: FileName): boolean {
  return shown(name)
    .split('/')
    .some((part) => part === '' || part === '.' || part === '..' || isGitFolder(part))
}

/**
 * What an agent's CLI or GitHub obeys: whoever changes these decides what the next run does. At any depth, for CLIs read them in the folder
 * they are started in.
 */
const protectedFolders = new Set(['.claude', '.codex', '.gemini', '.qwen', '.opencode', '.pi', '.cursor', '.agents'])
const protectedFiles = new Set([
  '.mcp.json',
  'claude.md',
  'claude.local.md',
  'agents.md',
  'agents.override.md',
  'gemini.md',
  'qwen.md',
  'opencode.json',
  'opencode.jsonc',
  '.cursorrules',
  '.claude.json',
])

/**
 * Whether a path is obeyed by something, so that a patch changes it only where the file names it: by agents and GitHub, or by the run, whose own files
 * are `obeyed` (as `plainPath` writes them).
 */
export function isProtected(name: FileName, obeyed: ReadonlySet<string> = new Set()): boolean {
  const path = plainPath(shown(name))
  if (obeyed.has(path)) return true
  const trimmed = path.split('/')
  if (trimmed[0] === '.github' || trimmed[0] === '.orchestrator') return true
  return configures(trimmed)
}

const configures = (parts: readonly string[]): boolean =>
  parts.some((part) => protectedFolders.has(part)) || protectedFiles.has(parts.at(-1) ?? '')

/** Whether agents that are started in a working tree obey a file of it: their CLIs read it by themselves. */
export function isConfiguration(path: string): boolean {
  return configuration.test(path) && configures(plainPath(path).split('/'))
}

/** What nearly all paths are told by that are none. */
const configuration = new RegExp(
  [...protectedFolders, ...protectedFiles].map((name) => name.replaceAll('.', '\\.')).join('|'),
  'i',
)

/** Pathspecs of git for what agents obey, wherever it lies. */
export function configurationPathspecs(): string[] {
  return [
    ...[...protectedFolders].map((name) => `:(glob,icase)**/${name}/**`),
    ...[...protectedFiles].map((name) => `:(glob,icase)**/${name}`),
  ]
}

/** A path as the least careful file system sees it. */
export function plainPath(path: string): string {
  const parts = path.replaceAll(ignoredOnHfs, '').toLowerCase().split('/')
  return parts.map((part) => part.replace(/[. ]+$/, '')).join('/')
}

/** Whether a link of the repository leads out of it, as far as its text tells. */
export function leadsOutside(name: FileName, target: string): boolean {
  if (target.startsWith('/') || target.startsWith('\\') || /^[a-z]:/i.test(target)) return true
  const parts = name.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return true
  }
  return parts.some((part) => isGitFolder(part))
}
