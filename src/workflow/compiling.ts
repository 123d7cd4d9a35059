import { customSupports } from '../core/custom-runtime.ts'
import type { RuntimeFacts } from '../core/runtime.ts'
import type { SourceRange } from '../core/diagnostic.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { MergedFile } from './merged-file.ts'
import { type FileRuntimes, readRuntimes } from './custom-runtimes.ts'
import type { CompileOptions } from './compile-options.ts'
import { describeUnreadable } from './describe-unreadable.ts'
import { createSourceFile, type SourceFile } from './source-file.ts'

/** What the steps of one compilation share. */
export interface Compiling {
  readonly file: MergedFile
  readonly diagnostics: Diagnostics
  /** Built-in runtimes and those of `runtimes:`, by name. */
  readonly runtimes: ReadonlyMap<string, RuntimeFacts>
  /** What `runtimes:` says. */
  readonly declared: FileRuntimes
  /** Why a text is no regular expression; undefined where it is one, or nobody can tell. */
  checkPattern(source: string): string | undefined
  /** Instances given to each agent so far; routing by capability takes the least loaded. */
  readonly loads: Map<string, number>
  /** A file that the orchestration file names; missing ones are reported at `range`, once. */
  readText(path: string, range: SourceRange): SourceFile | undefined
  /** The one object that stands for all equal ones: thousands of instances have the same settings. For plain data that nobody changes. */
  share<T extends object>(part: T): T
  /** Files read by `readText`, by path. */
  readonly texts: ReadonlyMap<string, SourceFile | undefined>
}

/** The shared state of a compilation that has read its file. */
export function createCompiling(
  file: MergedFile,
  diagnostics: Diagnostics,
  { read, runtimes: builtin, checkPattern, checkQuery }: CompileOptions,
): Compiling {
  const texts = new Map<string, SourceFile | undefined>()
  const problems = new Map<string, { readonly problem: string }>()
  const shared = new Map<string, object>()
  const declared = readRuntimes(file, builtin, diagnostics, (source) => checkQuery?.(source))
  return {
    file,
    diagnostics,
    declared,
    runtimes: withDeclared(builtin, declared),
    checkPattern: (source) => checkPattern?.(source),
    loads: new Map(),
    texts,
    share(part) {
      const text = JSON.stringify(part)
      const known = shared.get(text)
      if (known === undefined) shared.set(text, part)
      // What has the same text has the same type.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said above
      return (known ?? part) as typeof part
    },
    readText(path, range) {
      let source = texts.get(path)
      if (!texts.has(path)) {
        const text = path === '' ? undefined : read(path)
        source = typeof text === 'string' ? createSourceFile(path, text) : undefined
        texts.set(path, source)
        if (typeof text === 'object') problems.set(path, text)
      }
      if (source === undefined) {
        const problem = problems.get(path)
        diagnostics.error('file-not-found', describeUnreadable(path, problem), range, {
          hint: problem === undefined ? 'Paths are relative to the root of the repository.' : undefined,
        })
      }
      return source
    },
  }
}

function withDeclared(
  builtin: ReadonlyMap<string, RuntimeFacts>,
  { declared }: FileRuntimes,
): Map<string, RuntimeFacts> {
  const runtimes = new Map(builtin)
  for (const [name, runtime] of declared)
    runtimes.set(name, {
      name,
      kind: 'agent',
      supports: customSupports(runtime),
      safety: new Set(Object.keys(runtime.safety)),
      available: true,
    })
  return runtimes
}
