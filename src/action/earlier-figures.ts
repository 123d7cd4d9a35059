import { fieldOf } from '../core/field-of.ts'
import { messageOf } from '../core/message-of.ts'
import type { Plan } from '../core/plan.ts'
import { ApiError, describeApiError, isHidden } from '../github/api.ts'
import { findEarlierReport } from '../github/earlier-report.ts'
import type { ActionInputs } from '../github/inputs.ts'
import type { Expectations } from '../run/share-budget.ts'
import { branchesOf } from './outcomes.ts'
import { lazyApi, type ActionStep } from './step.ts'

/** What a plan is split and shared out by. */
export interface Foresight {
  /** Undefined: nothing is known. */
  readonly expected: Expectations | undefined
  /** Where that is from, or why there is nothing: a clause. */
  readonly why: string
}

const patienceMs = 15_000

/** What instances took in the newest run of the workflow that left a report, on this branch, else on those it is based on. What cannot be had is no trouble, and is said. */
export async function foreseeFigures(
  step: ActionStep,
  inputs: ActionInputs,
  { name, report }: Plan,
  simulated: boolean,
  before: AbortSignal,
): Promise<Foresight> {
  const connect = lazyApi(step, inputs.token)
  const { repository } = step.context
  const workflow = /\/([^/@]+)@/.exec(step.environment['GITHUB_WORKFLOW_REF'] ?? '')?.[1]
  const nothing = (why: string): Foresight => ({ expected: undefined, why })
  if (connect === undefined || repository === undefined) return nothing('there is no `github-token` to ask with')
  if (workflow === undefined) return nothing('it is not known which workflow this is')
  const start = inputs.artifactName ?? report.artifact?.name ?? 'orchestrator-'
  const { branch, bases } = branchesOf(step)
  const search = { workflow, branches: [branch, ...bases], isWanted: (of: string) => of.startsWith(start) }
  try {
    const signal = AbortSignal.any([before, AbortSignal.timeout(patienceMs)])
    const found = await findEarlierReport({ name, simulated }, search, { api: await connect(), repository, signal })
    if (found === undefined) return nothing('no earlier run of it has left a report')
    return { expected: expectationsIn(found.report), why: `by what they took in ${found.url}` }
  } catch (error) {
    return nothing(
      isHidden(error)
        ? 'the job lacks `actions: read`'
        : error instanceof ApiError
          ? describeApiError(error)
          : messageOf(error),
    )
  }
}

/** An agent could have written the report, and so only numbers are taken: they decide who runs beside whom, and how a budget is shared. */
function expectationsIn(report: unknown): Expectations {
  const durations = new Map<string, number>()
  const spending = new Map<string, { readonly tokens: number; readonly costUsd: number }>()
  const listed = fieldOf(report, 'instances')
  const instances: readonly unknown[] = Array.isArray(listed) ? listed : []
  for (const instance of instances) {
    const id = fieldOf(instance, 'id')
    if (typeof id !== 'string' || !(numberIn(instance, 'attempts') > 0) || Array.isArray(fieldOf(instance, 'members')))
      continue
    if (fieldOf(instance, 'outcome') === 'success') durations.set(id, numberIn(instance, 'durationMs'))
    const usage = fieldOf(instance, 'usage')
    const tokens = ['input', 'cacheRead', 'cacheWrite', 'output'].reduce((sum, kind) => sum + numberIn(usage, kind), 0)
    if (tokens > 0) spending.set(id, { tokens, costUsd: numberIn(instance, 'costUsd') })
  }
  return { durations, spending }
}

function numberIn(value: unknown, key: string): number {
  const found = fieldOf(value, key)
  return typeof found === 'number' && Number.isFinite(found) && found > 0 ? found : 0
}
