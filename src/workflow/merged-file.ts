import type { SourceRange } from '../core/diagnostic.ts'
import type { Diagnostics } from './diagnostics.ts'
import { hasExpression } from '../expression/template.ts'
import type { CompileOptions } from './compile-options.ts'
import { describeUnreadable } from './describe-unreadable.ts'
import { createOrigins, type Origins, type Plain } from './origins.ts'
import { readYaml } from './read-yaml.ts'
import type { AgentEntry, BudgetEntry, DefaultsEntry, OrchestrationFile, RuntimeEntry } from './schema.ts'
import type { InstanceEntry } from './schema-instance.ts'
import { orchestrationShape } from './shape.ts'
import { createSourceFile, lineLimit, rangeAt, type SourceFile } from './source-file.ts'
import { createStaticInputs, type StaticInputs } from './static-inputs.ts'
import { createValidator } from './validate.ts'
import { checkVerificationId, readVerification, verificationId, type VerificationEntry } from './verification.ts'
import { isObject } from '../core/is-object.ts'

/** An entry of a section, with the map it stands in. */
export interface Entry<T> {
  readonly value: T
  readonly owner: Plain
}

type Section<K extends keyof OrchestrationFile> = NonNullable<NonNullable<OrchestrationFile[K]>>
type InputEntry = Section<'inputs'>[string]

/** A file with all that it includes. Sections are by name; the including file's entries stand over the included ones. */
export interface MergedFile {
  readonly root: SourceFile
  /** Documents, each after what it includes: what a later one says stands over what an earlier one says. */
  readonly documents: readonly OrchestrationFile[]
  readonly inputs: ReadonlyMap<string, Entry<InputEntry>>
  readonly env: ReadonlyMap<string, Entry<string>>
  readonly agents: ReadonlyMap<string, Entry<AgentEntry>>
  readonly runtimes: ReadonlyMap<string, Entry<RuntimeEntry>>
  readonly instances: ReadonlyMap<string, Entry<InstanceEntry>>
  /** `review.verify`, which stands for an instance; it is among `instances`. */
  readonly verification: VerificationEntry | undefined
  /** The nearest first. */
  readonly defaults: readonly DefaultsEntry[]
  /** Every file read, the including one first. */
  readonly files: readonly SourceFile[]
  /** Whether all of them could be read; where not, a name that is not known may be in what is missing. */
  readonly isComplete: boolean
  readonly statics: StaticInputs
  readonly origins: Origins
}

/** `budget` of the run, which has `reserve` as well. */
export type RunBudgetEntry = BudgetEntry & NonNullable<OrchestrationFile['budget']>

/** A file on the way to the one that is read, and where it is named. */
interface Inclusion {
  readonly path: string
  readonly at: SourceRange | undefined
}

/** Reads a file and what it includes, validates each against the schema and merges them. */
export function readMergedFile(
  path: string,
  text: string,
  { read, inputs, readBuiltin }: Pick<CompileOptions, 'read' | 'inputs' | 'readBuiltin'>,
  diagnostics: Diagnostics,
): MergedFile {
  const root = createSourceFile(path, text)
  const origins = createOrigins(root)
  const statics = createStaticInputs(inputs ?? {})
  const validator = createValidator(origins, diagnostics, statics)
  const files: SourceFile[] = []
  const loaded: OrchestrationFile[] = []
  const known = new Set([path])
  let isComplete = true

  function load(file: SourceFile, trail: readonly Inclusion[]): void {
    files.push(file)
    if (file.text.includes('\0')) {
      isComplete = false
      diagnostics.error('not-text', 'the file is not UTF-8 text', rangeAt(file, 0, 1), { hint: 'Save it as UTF-8.' })
      return
    }
    if (file.lineStarts.length > lineLimit) {
      isComplete = false
      diagnostics.error('too-many-lines', `the file has more than ${lineLimit} lines`, rangeAt(file, 0, 1))
      return
    }
    const value = readYaml(file, origins, diagnostics)
    if (!isObject<OrchestrationFile>(value)) isComplete = false
    if (value === undefined) return
    if (!isObject<OrchestrationFile>(value)) {
      const isEmpty = value === null
      diagnostics.error(
        isEmpty ? 'empty-file' : 'wrong-type',
        isEmpty ? 'the file is empty' : 'an orchestration file must be a map',
        rangeAt(file, 0, 1),
        { hint: 'Start with `instances:`.' },
      )
      return
    }
    if (value.include !== undefined) include(value, file, trail)
    loaded.push(value)
  }

  function include(document: OrchestrationFile, file: SourceFile, trail: readonly Inclusion[]): void {
    const value: unknown = document.include
    const list = Array.isArray(value) ? value : [value]
    for (const [index, item] of list.entries()) {
      if (typeof item !== 'string' || hasExpression(item)) continue
      const range = Array.isArray(value) ? origins.ofValue(value, index) : origins.ofValue(document, 'include')
      const builtin = /^builtin:(.*)$/.exec(item)?.[1]
      const target = builtin === undefined ? joinPath(file.path, item) : item
      const before = trail.findIndex((step) => step.path === target)
      if (target === undefined) {
        isComplete = false
        diagnostics.error('include-outside', `\`${item}\` is not a file in the repository`, range, {
          hint: 'Only local files can be included.',
        })
      } else if (before !== -1) {
        const trip = [...trail.slice(before).map((step) => step.path), target].join(' → ')
        const notes = trail
          .slice(before + 1)
          .flatMap((step) => (step.at ? { message: `\`${step.path}\` is included here`, range: step.at } : []))
        diagnostics.error('include-cycle', `the file includes itself: ${trip}`, range, { notes })
      } else if (!known.has(target)) {
        known.add(target)
        const included = builtin !== undefined ? readBuiltin?.(builtin) : target === '' ? undefined : read(target)
        if (typeof included === 'string')
          load(createSourceFile(target, included), [...trail, { path: target, at: range }])
        else {
          isComplete = false
          diagnostics.error('file-not-found', describeUnreadable(target, included), range)
        }
      }
    }
  }

  load(root, [{ path, at: undefined }])
  // Values may be expressions over inputs, of any of the files, and what a later one says of an input holds in all: these are looked at first.
  for (const { inputs: declared } of loaded) statics.declare(declared, origins.written)
  const shape = orchestrationShape()
  const documents = loaded.flatMap((value) => {
    const checked = validator.validate(value, shape, { owner: value, key: '', label: 'an orchestration file' })
    return isObject<OrchestrationFile>(checked) ? [checked] : []
  })
  const written = merge(documents, (document) => document.instances)
  const verification = readVerification(documents, origins)
  if (verification !== undefined) checkVerificationId(written, verification, origins, diagnostics)
  return {
    root,
    documents,
    files,
    isComplete,
    statics,
    origins,
    inputs: merge(documents, (document) => document.inputs),
    env: merge(documents, (document) => document.env),
    agents: merge(documents, (document) => document.agents),
    runtimes: merge(documents, (document) => document.runtimes),
    instances:
      verification === undefined
        ? written
        : new Map([...written, [verificationId, { value: verification.entry, owner: verification.owner }]]),
    verification,
    defaults: documents.toReversed().flatMap((document) => document.defaults ?? []),
  }
}

/** Entries in the order of reading; one of a later document takes the place of its namesake. */
function merge<T>(
  documents: readonly OrchestrationFile[],
  section: (document: OrchestrationFile) => Readonly<Record<string, T>> | undefined,
): Map<string, Entry<T>> {
  const merged = new Map<string, Entry<T>>()
  for (const document of documents) {
    const owner = section(document)
    if (owner === undefined) continue
    for (const [name, value] of Object.entries(owner)) if (value !== undefined) merged.set(name, { value, owner })
  }
  return merged
}

/** A path relative to the file that names it; undefined when it leads out of the repository or is a URL. */
function joinPath(from: string, path: string): string | undefined {
  if (/^[A-Za-z][\w+.-]*:\/\//.test(path) || /^[/\\]|^[A-Za-z]:[/\\]/.test(path)) return undefined
  const parts = from.split(/[/\\]/).slice(0, -1)
  for (const part of path.split(/[/\\]/)) {
    if (part === '.' || part === '') continue
    if (part !== '..') parts.push(part)
    else if (parts.length === 0 || parts.at(-1) === '..') return undefined
    else parts.pop()
  }
  return parts.join('/')
}
