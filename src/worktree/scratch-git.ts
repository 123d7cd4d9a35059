import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runGit } from '../process/git.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import { tellingLine } from '../core/telling-line.ts'
import { findBlockingFile } from './blocking-files.ts'
import type { Repository } from './repository.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** What one command of a scratch git works on. */
export interface ScratchCall {
  /** The files it reads or writes; default none. */
  readonly workTree?: string
  /** Path of its index. */
  readonly index?: string
  /** One character a byte. */
  readonly stdin?: string
  /** With the conversions of a checkout (line ends, encodings) instead of the bytes as they are. */
  readonly converts?: true
  /** A repository of somebody's to read instead, with its own configuration. */
  readonly at?: string
  /** Answers of its own that are no failure. */
  readonly accepts?: (code: number) => boolean
}

/**
 * Git with the objects of a repository, and nothing else of it: neither its configuration nor the attributes of its files, so that nothing that was
 * written there runs or changes a byte. Answers have one character a byte; rejects with git's own words.
 */
export interface ScratchGit {
  run(args: readonly string[], call?: ScratchCall): Promise<string>
  /** A folder of its own for indexes and other files that nobody else reads. */
  readonly folder: string
}

/** Beats every attribute that stands in a tree: bytes are bytes. */
const noAttributes =
  '* -text !eol -ident -filter !working-tree-encoding !diff !merge !crlf !whitespace !conflict-marker-size\n'

/** Of the files in `info`, which somebody may have made large: git reads each with every command. */
export const infoLimit = 16 * 1_048_576

/** What says how files lie on this disk; no value of these is a program. */
const carriedOver =
  '^(core\\.(autocrlf|eol|filemode|symlinks|ignorecase|precomposeunicode|excludesfile|attributesfile|sparsecheckout)|extensions\\.objectformat)$'

/** Makes a scratch git in an empty folder, with what the user's configuration says now about how files lie on disk. */
export async function createScratchGit(
  repository: Repository,
  folder: string,
  env: Readonly<Record<string, string>>,
  abort?: AbortSignal,
): Promise<ScratchGit & { readonly settings: ReadonlyMap<string, string> }> {
  const settings = await readSettings(repository, env, abort)
  const conversions = new Set(['core.autocrlf', 'core.eol', 'core.attributesfile'])
  for (const kind of ['raw', 'converting'] as const) {
    const git = join(folder, kind)
    for (const name of ['objects', 'refs', 'info']) mkdirSync(join(git, name), { recursive: true })
    writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/none\n')
    const own = [...settings].filter(
      ([key]) => key !== 'core.sparsecheckout' && (kind === 'converting' || !conversions.has(key)),
    )
    writeFileSync(join(git, 'config'), configText(own))
    copyIfThere(join(repository.commonFolder, 'info/exclude'), join(git, 'info/exclude'))
    if (kind === 'raw') writeFileSync(join(git, 'info/attributes'), noAttributes)
    else copyIfThere(join(repository.commonFolder, 'info/attributes'), join(git, 'info/attributes'))
  }
  return {
    folder,
    settings,
    async run(args, call = {}) {
      const { workTree = folder, index, stdin, converts, at, accepts = (code) => code === 0 } = call
      const watch = watchForPipes(at ?? call.workTree)
      const result = await runGit(args, {
        cwd: at ?? workTree,
        env,
        abort: watch.found,
        encoding: 'latin1',
        ...(abort !== undefined && { abort }),
        ...(stdin !== undefined && { stdin: Buffer.from(stdin, 'latin1') }),
        variables:
          at === undefined
            ? {
                GIT_DIR: join(folder, converts === true ? 'converting' : 'raw'),
                GIT_WORK_TREE: workTree,
                GIT_OBJECT_DIRECTORY: join(repository.commonFolder, 'objects'),
                ...(index !== undefined && { GIT_INDEX_FILE: index }),
              }
            : {},
      }).finally(watch.end)
      if (watch.found.aborted) throw new Error(String(watch.found.reason))
      if (result.code === null || !accepts(result.code))
        throw new Error(`git ${args.find((arg) => !arg.startsWith('-')) ?? ''}: ${tellingLine(result.stderr)}`)
      return result.stdout
    },
  }
}

/** Git takes so long for large trees only, or waits for a file that nobody writes. */
const suspiciousMs = 1000

/** Looks, once git has run for a while, whether a working tree holds what it would wait for; the reason of `found` is a sentence. */
function watchForPipes(workTree: string | undefined): { readonly found: AbortSignal; readonly end: () => void } {
  const found = new AbortController()
  const ended = new AbortController()
  const look = async (): Promise<void> => {
    const path = await findBlockingFile(workTree ?? '', ended.signal)
    if (path !== undefined && !ended.signal.aborted)
      found.abort(`${relative(workTree ?? '', path)} is no regular file, and git would wait for it`)
  }
  const timer = workTree === undefined ? undefined : setTimeout(() => void look(), suspiciousMs)
  return {
    found: found.signal,
    end() {
      clearTimeout(timer)
      ended.abort()
    },
  }
}

async function readSettings(
  repository: Repository,
  env: Readonly<Record<string, string>>,
  abort: AbortSignal | undefined,
): Promise<Map<string, string>> {
  const { stdout } = await runGit(['config', '--null', '--get-regexp', carriedOver], {
    cwd: repository.root,
    env,
    // The user's own configuration is in force here: it says how files lie on the disk.
    network: true,
    timeoutMs: 10_000,
    ...(abort !== undefined && { abort }),
    variables: { GIT_DIR: repository.gitFolder },
  })
  const settings = new Map<string, string>()
  for (const entry of stdout.split('\0')) {
    const end = entry.indexOf('\n')
    if (entry !== '') settings.set(end === -1 ? entry : entry.slice(0, end), end === -1 ? 'true' : entry.slice(end + 1))
  }
  const home = env['HOME'] ?? env['USERPROFILE']
  for (const key of ['core.excludesfile', 'core.attributesfile']) {
    const path = settings.get(key)
    if (path === undefined) continue
    const absolute = path.startsWith('~/') && home !== undefined ? join(home, path.slice(2)) : path
    if (isFile(absolute)) settings.set(key, absolute)
    else settings.delete(key)
  }
  return settings
}

function configText(settings: readonly (readonly [string, string])[]): string {
  const lines = ['[core]', '\tbare = false', '\tlogAllRefUpdates = false', '\tsafecrlf = false']
  const format = settings.find(([key]) => key === 'extensions.objectformat')
  lines.push(`\trepositoryformatversion = ${format === undefined ? 0 : 1}`)
  for (const [key, value] of settings)
    if (key.startsWith('core.')) lines.push(`\t${key.slice('core.'.length)} = ${quote(value)}`)
  if (format !== undefined) lines.push('[extensions]', `\tobjectFormat = ${quote(format[1])}`)
  return `${lines.join('\n')}\n`
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

function copyIfThere(from: string, to: string): void {
  if (isFile(from)) writeFileSync(to, readRegularFile(from, { maxBytes: infoLimit }))
}

/** Whoever may write the configuration can name a device, or a pipe that nobody writes to. */
function isFile(path: string): boolean {
  return statIfThere(path)?.isFile() === true
}
