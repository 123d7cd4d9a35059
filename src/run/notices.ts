import type { Noticed } from '../core/event.ts'
import type { ProcessLimits } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { isMaskable, shortestSecret } from '../journal/secret-forms.ts'
import { ownInstances, type ShardPart } from '../core/shard.ts'
import { definitionsOf, processesOf } from '../core/definitions.ts'
import { noticesOfJob } from './hold-to-job.ts'
import { hasProc } from '../process/proc.ts'
import { unenforceableLimits } from '../process/watch-limits.ts'

/** As the orchestration file calls them. */
const limitNames: Readonly<Record<keyof ProcessLimits, string>> = {
  memoryBytes: 'memory',
  cpus: 'cpu',
  cpuMs: 'cpu-time',
  outputBytes: 'output',
  processes: 'processes',
}

/** What a plan asks for and this machine cannot give, one notice each: limits that cannot be enforced, secrets too short to be masked. */
export function noticesOf(plan: Plan, environment: Readonly<Record<string, string | undefined>>): Noticed[] {
  const limits = new Map<string, Set<string>>()
  const secrets = new Set<string>()
  for (const { id, definition } of definitionsOf(plan.instances)) {
    for (const limit of unenforceableLimits(definition.limits)) {
      const name = limitNames[limit]
      limits.set(name, (limits.get(name) ?? new Set()).add(id))
    }
    for (const name of definition.secrets) {
      const value = environment[name] ?? ''
      if (value !== '' && !isMaskable(value)) secrets.add(name)
    }
  }
  return [
    ...(hasProc() ? [] : [notSearched]),
    ...[...limits].map(([name, ids]) =>
      warning(`limits.${name} cannot be enforced on this machine (${some([...ids])})`),
    ),
    ...[...secrets].map((name) =>
      warning(`the secret ${name} is not masked: it is shorter than ${shortestSecret} characters`),
    ),
  ]
}

/** What the notices of a run that begins are made of. */
export interface BeginningRun {
  readonly plan: Plan
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly simulation?: unknown
  /** What is to be said besides. */
  readonly notes?: readonly string[]
  readonly shard?: { readonly part: ShardPart }
  readonly changes: {
    readonly notices: readonly string[]
    readonly found?: { readonly past?: { readonly told?: string } } | undefined
  }
  readonly past: { readonly shared?: { readonly notices: readonly Noticed[] } | undefined }
}

/** All that is said of a run that begins; what is in the way of its agents where models are really called. `now` is epoch milliseconds. */
export async function noticesAtStart(run: BeginningRun, now: number): Promise<Noticed[]> {
  const { environment, notes = [], changes, past, shard } = run
  const plan = { ...run.plan, instances: ownInstances(run.plan, shard?.part) }
  const callsModels = run.simulation === undefined && processesOf(plan.instances).some(({ pool }) => pool === 'agents')
  const ahead = callsModels ? await (await import('./foresee.ts')).noticesAhead(plan, environment, now) : []
  const told = changes.found?.past?.told
  const said = [...notes, ...(told === undefined ? [] : [told])]
  return [
    ...(plan.instances.length === 0 ? [] : noticesOf(plan, environment)),
    ...noticesOfJob(plan, shard?.part),
    ...ahead,
    ...(past.shared?.notices ?? []),
    ...changes.notices.map(warning),
    ...said.map((message): Noticed => ({ type: 'notice', level: 'notice', message })),
  ]
}

/** The same of a run that goes on, perhaps on another machine: what was not said before, and that nothing could be looked for of what it had started. */
export function noticesOfResumed(
  plan: Plan,
  environment: Readonly<Record<string, string | undefined>>,
  said: readonly Pick<Noticed, 'message'>[],
): Noticed[] {
  const known = new Set(said.map(({ message }) => message))
  const others = noticesOf(plan, environment).filter(({ message }) => !known.has(message))
  return hasProc() ? others : [leftUnsearched, ...others]
}

const leftUnsearched: Noticed = {
  type: 'notice',
  level: 'warning',
  message: 'What this run started earlier could not be searched for and may still be running: there is no /proc here.',
}

/** See docs/limits.md, "By system". */
const notSearched: Noticed = {
  type: 'notice',
  level: 'notice',
  message:
    'Programs that left their process group could not be searched for and may still be running: there is no /proc here.',
}

function warning(message: string): Noticed {
  return { type: 'notice', level: 'warning', message }
}

function some(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).join(', ')
  return ids.length > 3 ? `${shown} and ${ids.length - 3} more` : shown
}
