import { createHash } from 'node:crypto'
import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Plan } from '../core/plan.ts'
import { fieldOf } from '../core/field-of.ts'
import type { ActionInputs } from '../github/inputs.ts'
import type { Trust } from '../github/trust.ts'
import type { OutcomePlace } from '../run/outcome-cache.ts'
import { lazyApi, type ActionStep } from './step.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** All outcomes of a branch together; the cache of Actions has 10 GB for a repository. */
const mostBytes = 64 * 1024 * 1024

/** Variable of the step by which outcomes are sealed, where somebody wants more than the borders that GitHub draws. */
export const sealVariable = 'ORCHESTRATOR_CACHE_SEAL'

/** Events whose jobs read the cache of Actions and do not write it (github.blog/changelog, 2026: cache-mode). */
const readingEvents: ReadonlySet<string> = new Set(['pull_request_target', 'issue_comment', 'workflow_run'])

/**
 * Where the outcomes of this step are: brought from the cache of Actions, or the artifacts of earlier runs, into a folder that nothing else knows, and kept there again
 * when the run is over. What a process of the run has put or changed there is left behind.
 */
export async function openOutcomePlace(
  step: ActionStep,
  inputs: ActionInputs,
  plan: Plan,
  { level }: Trust,
  root: string,
): Promise<OutcomePlace> {
  const { environment, context, commands } = step
  const { createOutcomeTransport, hasFiles, outcomesFolder } = await import('../github/outcome-store.ts')
  const connect = lazyApi(step, inputs.token)
  const cache = cacheOf(step)
  const transport = createOutcomeTransport({
    exchange: join(dirname(root), 'orchestrator-outcomes'),
    scope: `v1-${level}-${scopeOf(plan, inputs, context)}`,
    ...branchesOf(step),
    run: `${context.runId}-${context.runAttempt}`,
    cache,
    foreign: level !== 'trusted',
    workflow: /\/([^/@]+)@/.exec(environment['GITHUB_WORKFLOW_REF'] ?? '')?.[1],
    isWanted: (name) =>
      name.startsWith(inputs.artifactName ?? plan.report.artifact?.name ?? `orchestrator-${context.job}-`),
    connect,
    repository: context.repository,
    warn: (message) => commands.annotate('warning', message),
  })
  const directory = join(root, outcomesFolder)
  await transport.fetch(directory)
  const known = new Map<string, string>()
  const digestOf = (path: string): string =>
    createHash('sha256')
      .update(readRegularFile(path, { maxBytes: mostBytes }))
      .digest('hex')
  const { storedFiles } = await import('../run/local-outcomes.ts')
  for (const { path } of storedFiles(directory, 0)) known.set(path, digestOf(path))
  const before = known.size
  let count = 0
  return {
    directory,
    maxBytes: mostBytes,
    seal: environment[sealVariable] || 'unsealed',
    cell: inputs.cell,
    kept(path, digest) {
      known.set(path, digest)
      count++
    },
    async finish(runDirectory, note) {
      const own = join(root, 'outcomes-to-keep')
      for (const { path } of storedFiles(directory, 0)) {
        if (known.get(path) !== digestOf(path)) continue
        const to = join(own, relative(directory, path))
        mkdirSync(dirname(to), { recursive: true })
        cpSync(path, to)
      }
      if (!hasFiles(own) || (count === 0 && before > 0 && cache === 'write')) return
      if (await transport.save(own)) return
      cpSync(own, join(runDirectory, outcomesFolder), { recursive: true })
      const why =
        cache === 'write' ? 'could not be written' : cache === 'read' ? 'is only read on this event' : 'is not there'
      note(`Outcomes are kept in the artifact of this run: the cache of Actions ${why}.`)
    },
  }
}

/** Jobs of one workflow run, and steps of one job, keep their outcomes side by side: an entry of the cache of Actions is written once. */
function scopeOf(plan: Plan, { cell, fanOut }: ActionInputs, { job, github }: ActionStep['context']): string {
  const whose = JSON.stringify([plan.name, job, github['action'] ?? '', cell, fanOut.shard])
  return createHash('sha256').update(whose).digest('hex').slice(0, 16)
}

function cacheOf({ environment, context }: ActionStep): 'write' | 'read' | 'none' {
  const isThere = (environment['ACTIONS_RESULTS_URL'] ?? '') !== '' || (environment['ACTIONS_CACHE_URL'] ?? '') !== ''
  const mode = environment['ACTIONS_CACHE_MODE'] ?? ''
  if (!isThere || mode === 'none' || mode === 'write-only') return 'none'
  if (mode === 'write') return 'write'
  return mode === 'read' || readingEvents.has(context.eventName) ? 'read' : 'write'
}

/** The branch that a step is for, and those whose runs will do where that has none, the best first. */
export function branchesOf({ environment, context }: ActionStep): { branch: string; bases: string[] } {
  const branch = environment['GITHUB_HEAD_REF'] || environment['GITHUB_REF_NAME'] || 'none'
  const usual = fieldOf(fieldOf(context.payload, 'repository'), 'default_branch')
  const bases = [environment['GITHUB_BASE_REF'] ?? '', typeof usual === 'string' ? usual : '']
  return { branch, bases: [...new Set(bases)].filter((base) => base !== '' && base !== branch) }
}
