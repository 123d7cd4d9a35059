import { type Document, isMap, parseDocument, type YAMLMap } from 'yaml'
import type { Diagnostic } from '../core/diagnostic.ts'
import { createDiagnostics, type Diagnostics } from './diagnostics.ts'
import { createImportedNames } from './import-names.ts'
import { createLiftedInputs } from './migrate-inputs.ts'
import { migrateJobs } from './migrate-jobs.ts'
import { migratePair } from './migrate-pair.ts'
import { isOpenTo, type Migration, printWorkflow, rangeOf, triggersOf } from './migration.ts'
import { printFile } from './print-file.ts'
import { createSourceFile, rangeAt, type SourceFile } from './source-file.ts'
import { commentAbove, mapUnder, pairOf, textOf } from './workflow-document.ts'
import { describeSyntaxError } from './yaml-errors.ts'

/** What a workflow that runs agents becomes. */
export interface MigratedWorkflow {
  /** Files by path from the root of the repository; empty where nothing could be made. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: ReadonlyMap<string, string>
}

/** Whether a text is a workflow of GitHub: told by its keys, without parsing it. */
export function looksLikeWorkflow(text: string): boolean {
  return /^(?:["']?on["']?|["']?true["']?)\s*:/m.test(text) && /^["']?jobs["']?\s*:/m.test(text)
}

/**
 * Turns a workflow of GitHub whose steps run agents into one that runs them through the orchestrator, and the orchestration file with an instance for each.
 * All else of the workflow stays as it is. What changes its meaning has a comment in the files and a diagnostic at its place in the workflow.
 * `versions` are those in which CLIs are installed unless a step names another.
 */
export function migrateWorkflow(
  path: string,
  text: string,
  versions: Readonly<Record<string, string>>,
): MigratedWorkflow {
  const source = createSourceFile(path, text)
  const diagnostics = createDiagnostics()
  const done = (files: MigratedWorkflow['files']): MigratedWorkflow => ({
    files: diagnostics.hasErrors ? [] : files,
    diagnostics: diagnostics.sorted([path]),
    sources: new Map([[path, source.text]]),
  })
  const stem = stemOf(path)
  const document = readWorkflow(source, diagnostics)
  if (document === undefined) return done([])
  const root = document.contents as YAMLMap
  const triggers = triggersOf(root, document)
  const migration: Omit<Migration, 'document'> = {
    isOpen: isOpenTo(triggers),
    source,
    diagnostics,
    config: `.github/${stem}.orchestrator.yml`,
    names: createImportedNames('agent'),
    inputs: createLiftedInputs(),
    instances: {},
    comments: [],
    versions,
  }
  const isTarget = triggers.has('pull_request_target')
  const workflows: MigratedWorkflow['files'][number][] = []
  let found = 0
  if (isTarget) {
    const [checks, publish] = [readWorkflow(source, createDiagnostics()), readWorkflow(source, createDiagnostics())]
    if (checks === undefined || publish === undefined) return done([])
    const pair = migratePair({ ...migration, document: publish }, checks, stem)
    found += pair.count
    workflows.push(...pair.files)
    removeTarget(root, document)
  }
  if (!isTarget || triggers.size > 1) {
    found += migrateJobs({ ...migration, document })
    commentAbove(root.items[0]?.key as never, [
      `Made from ${path}, which you can remove once this runs. What its agents do is in ${migration.config}.`,
    ])
    workflows.push({ path: `.github/workflows/${stem}.orchestrator.yml`, text: printWorkflow(document) })
  }
  if (found === 0) {
    diagnostics.error(
      'migrate-no-agent',
      'no step of this workflow runs an agent that could be taken over',
      rangeOf(root, source),
      { hint: knownAgents },
    )
    return done([])
  }
  return done([...workflows, { path: migration.config, text: orchestrationOf(migration, root, path) }])
}

const knownAgents =
  'Known are `anthropics/claude-code-action`, `openai/codex-action`, `google-github-actions/run-gemini-cli`, and scripts that call `claude -p`, `codex exec` or `gemini -p` on lines of their own.'

function readWorkflow(source: SourceFile, diagnostics: Diagnostics): Document | undefined {
  const document = parseDocument(source.text, { prettyErrors: false, keepSourceTokens: false })
  for (const error of document.errors) {
    const { code, message, hint, range } = describeSyntaxError(error, source)
    diagnostics.error(code, message, range, { hint })
  }
  if (diagnostics.hasErrors) return undefined
  const { contents } = document
  if (isMap(contents) && mapUnder(contents, 'jobs', document) !== undefined) return document
  diagnostics.error('migrate-no-workflow', 'the file is no workflow: it has no map of `jobs`', rangeAt(source, 0, 0))
  return undefined
}

/** The workflow without the event that the pair stands for. */
function removeTarget(root: YAMLMap, document: Document): void {
  const on = pairOf(root, 'on')
  if (on === undefined) return
  const map = mapUnder(root, 'on', document)
  if (map !== undefined) map.delete('pull_request_target')
  else
    on.value = document.createNode(
      [...triggersOf(root, document).keys()].filter((name) => name !== 'pull_request_target'),
    )
}

function orchestrationOf(
  { instances, inputs, comments }: Omit<Migration, 'document'>,
  root: YAMLMap,
  path: string,
): string {
  const name = textOf(root.get('name', true)) ?? stemOf(path)
  const declared = Object.fromEntries(inputs.names().map((each) => [each, { type: 'string', default: '' }]))
  return printFile(
    { name, ...(inputs.names().length > 0 && { inputs: declared }), instances },
    {
      header: `Made from ${path}: an instance for each step that ran an agent. The workflow starts each with \`only\`.`,
      comments,
    },
  )
}

function stemOf(path: string): string {
  const base = path.split(/[\\/]/).at(-1) ?? ''
  const stem = base
    .replace(/\.ya?ml$/i, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
  return stem === '' ? 'agents' : stem
}
