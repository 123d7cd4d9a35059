import { type Document, isNode, type YAMLMap } from 'yaml'
import type { SourceRange } from '../core/diagnostic.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { ImportedNames } from './import-names.ts'
import type { LiftedInputs } from './migrate-inputs.ts'
import type { PrintedComment } from './print-file.ts'
import { rangeAt, type SourceFile } from './source-file.ts'
import { commentAbove, mapUnder, pairOf, textUnder } from './workflow-document.ts'

/** The migration of one workflow. */
export interface Migration {
  readonly document: Document
  readonly source: SourceFile
  readonly diagnostics: Diagnostics
  /** Where the orchestration file goes, from the root of the repository. */
  readonly config: string
  readonly names: ImportedNames
  readonly inputs: LiftedInputs
  readonly instances: Record<string, Record<string, unknown>>
  readonly comments: PrintedComment[]
  /** The versions that CLIs are installed in unless a step names another, by runtime. */
  readonly versions: Readonly<Record<string, string>>
  /** Whether people who may not write to the repository can start it. */
  readonly isOpen: boolean
  /** The expression of the pull request's number, where the event does not say it. */
  readonly pull?: string
}

/** Whether a value is one that is masked. */
export function isSecret(value: string): boolean {
  return /\$\{\{[^}]*(?:\bsecrets\b|\bgithub\s*\.\s*token\b)/i.test(value)
}

/** Says in the workflow and as a diagnostic what changed at a place. */
export function remark(
  { diagnostics, source }: Pick<Migration, 'diagnostics' | 'source'>,
  node: YAMLMap,
  why: string,
): void {
  if (node.commentBefore?.includes(asSentence(why)) !== true) commentAbove(node, [asSentence(why)])
  diagnostics.warning('migrate-left', why, rangeOf(node, source))
}

/** A clause as a sentence. */
export function asSentence(clause: string): string {
  return `${clause[0]?.toUpperCase()}${clause.slice(1)}.`
}

/** The line on which a node begins. */
export function rangeOf(node: YAMLMap, source: SourceFile): SourceRange {
  const [start = 0] = node.range ?? []
  const lineEnd = source.text.indexOf('\n', start)
  return rangeAt(source, start, lineEnd === -1 ? source.text.length : lineEnd)
}

/** What starts a workflow: its events by name, each with what it says of them. */
export function triggersOf(root: YAMLMap, document: Document): Map<string, unknown> {
  const node = pairOf(root, 'on')?.value
  const value: unknown = isNode(node) ? node.toJS(document) : undefined
  if (typeof value === 'string') return new Map([[value, null]])
  if (Array.isArray(value)) return new Map(value.map((name) => [String(name), null]))
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

/** Events that anyone can cause. Source: GitHub's documentation of events that trigger workflows. */
const openEvents =
  /^(?:issues|issue_comment|pull_request.*|discussion.*|fork|watch|star|workflow_run|workflow_call|gollum)$/

/** Whether people who may not write to the repository can start a workflow. */
export function isOpenTo(triggers: ReadonlyMap<string, unknown>): boolean {
  return [...triggers.keys()].some((name) => openEvents.test(name))
}

/** What `defaults.run` says to the scripts of a job. */
export function runDefault(job: YAMLMap, key: string, document: Document): string | undefined {
  for (const level of [job, document.contents as YAMLMap]) {
    const defaults = mapUnder(level, 'defaults', document)
    const run = defaults === undefined ? undefined : mapUnder(defaults, 'run', document)
    const value = run === undefined ? undefined : textUnder(run, key, document)
    if (value !== undefined) return value
  }
  return undefined
}

/** The text of a workflow that was changed, its comments and its order as they were. */
export function printWorkflow(document: Document): string {
  return document.toString({ lineWidth: 0 })
}
