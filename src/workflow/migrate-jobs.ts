import { type Document, type YAMLMap } from 'yaml'
import type { AgentCall } from './agent-call.ts'
import { readAgentAction } from './migrate-actions.ts'
import { splitStep } from './split-step.ts'
import { callsAgent, readAgentCommand, severalCommands } from './migrate-command.ts'
import { renameOutputs, replaceStep } from './migrate-step.ts'
import { isSecret, type Migration, rangeOf, remark, runDefault } from './migration.ts'
import { mapUnder, stepsOf, textOf, textsIn, textUnder } from './workflow-document.ts'

/** Takes over each step that runs an agent; gives how many there were. */
export function migrateJobs(migration: Migration): number {
  const { document } = migration
  const jobs = mapUnder(document.contents as YAMLMap, 'jobs', document)
  const done = new Set<YAMLMap>()
  let count = 0
  for (const pair of jobs?.items ?? []) {
    const id = textOf(pair.key)
    const job = id === undefined ? undefined : mapUnder(jobs as YAMLMap, id, document)
    if (id === undefined || job === undefined) continue
    const called = textUnder(job, 'uses', document)
    if (called !== undefined && /claude|codex|gemini/i.test(called))
      remark(migration, job, `the job ${id} calls another workflow, which is migrated by itself`)
    for (const step of stepsOf(job, document)) {
      if (done.has(step)) continue
      for (const part of partsOf(migration, job, step)) {
        done.add(part)
        if (migrateStep(migration, id, job, part)) count++
      }
    }
  }
  return count
}

/** The steps that a step becomes whose script does several things, one of which is to call an agent; itself where it stays one. */
function partsOf(migration: Migration, job: YAMLMap, step: YAMLMap): readonly YAMLMap[] {
  const { document } = migration
  const known = plainNames(migration, job, step)
  if (typeof readStep(step, document, runDefault(job, 'shell', document), known) !== 'string') return [step]
  const parts = splitStep(job, step, document, known)
  return parts === undefined || typeof parts === 'string' ? [step] : parts
}

/** The variables of a step that are no secrets. */
function plainNames(migration: Migration, job: YAMLMap, step: YAMLMap): ReadonlySet<string> {
  return new Set([...visibleEnv(migration, job, step)].flatMap(([name, value]) => (isSecret(value) ? [] : [name])))
}

function migrateStep(migration: Migration, jobId: string, job: YAMLMap, step: YAMLMap): boolean {
  const { document } = migration
  const env = visibleEnv(migration, job, step)
  const known = plainNames(migration, job, step)
  const call = readStep(step, document, runDefault(job, 'shell', document), known)
  if (call === undefined) return false
  if (typeof call === 'string') {
    const why = step.has('run') && call === severalCommands ? splitStep(job, step, document, known) : undefined
    remark(migration, step, `this step is left as it is: ${typeof why === 'string' ? why : call}`)
    return false
  }
  const name = textUnder(step, 'id', document) ?? textUnder(step, 'name', document) ?? jobId
  const id = migration.names.claim(name)
  const outputs = textUnder(step, 'id', document)
  const remarks = replaceStep(migration, { id, call, step, job, env })
  for (const each of remarks) migration.diagnostics.warning('migrate-changed', each, rangeOf(step, migration.source))
  if (outputs !== undefined)
    for (const lost of renameOutputs(job, outputs, id, call.outputs)) remark(migration, lost.at, lost.why)
  return true
}

/** What a step amounts to that runs an agent: as an instance, or why not; undefined where it runs none. */
export function readStep(
  step: YAMLMap,
  document: Document,
  defaultShell: string | undefined,
  known: ReadonlySet<string>,
): AgentCall | string | undefined {
  const uses = textUnder(step, 'uses', document)
  if (uses !== undefined) return readAgentAction(uses, textsIn(mapUnder(step, 'with', document), document))
  const script = textUnder(step, 'run', document)
  if (script === undefined || !callsAgent(script)) return undefined
  const shell = textUnder(step, 'shell', document) ?? defaultShell
  if (shell !== undefined && !/^(?:ba)?sh\b/.test(shell)) return `its shell is ${shell}`
  return readAgentCommand(script, known)
}

/** The variables that a step sees by what the workflow says, with their values. */
function visibleEnv({ document }: Migration, job: YAMLMap, step: YAMLMap): Map<string, string> {
  const levels = [document.contents as YAMLMap, job, step]
  return new Map(levels.flatMap((level) => [...textsIn(mapUnder(level, 'env', document), document)]))
}
