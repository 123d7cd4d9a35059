import type { RunState } from '../core/run-state.ts'
import { instanceAccounting, runAccounting } from '../core/run-state.ts'
import { dayOf } from '../core/earlier-spending.ts'
import type { Instance } from '../core/instance.ts'
import { createIsIn } from '../core/shard.ts'
import { isObject } from '../core/is-object.ts'
import { mostEarlierRuns, type RunFigures } from '../report/earlier-runs.ts'
import { knownCost, totalTokens, type Accounting } from '../core/usage.ts'

/** What was spent: tokens, US dollars, and whether each is only a lower bound (0 or 1). A list, because there are many of them in a file. */
export type Spending = readonly [tokens: number, costUsd: number, tokensAtLeast: 0 | 1, costAtLeast: 0 | 1]

/**
 * What an instance, or a group whose members are known only at run time, took in one run: milliseconds of all its attempts (of a group, from the
 * first start to the last end), whether it succeeded (0 or 1), and, where agents ran, what they spent. 0: it was skipped.
 */
export type Sample = 0 | readonly [ms: number, succeeded: 0 | 1, ...spending: Spending | readonly []]

/** What is remembered of one run. */
export interface RunRecord {
  /** The name of the file's plan: its history is of all runs of this name. */
  readonly name: string
  readonly id: string
  /** When it began, epoch milliseconds. */
  readonly at: number
  readonly simulated: boolean
  /** Whether it has ended; else it runs, or was killed. */
  readonly ended: boolean
  /** Milliseconds from its start to its end; absent where it has none, and of runs that earlier versions kept. */
  readonly tookMs?: number
  /** It ran a part of a plan, which another run collects. */
  readonly isPart?: true
  /** It collected these runs: what they spent and have on record themselves is not in `days`. */
  readonly parts?: readonly string[]
  /** What it spent, by day (UTC). */
  readonly days: Readonly<Record<string, Spending>>
  /** By instance id; absent where it has not ended, and of runs long ago. */
  readonly samples?: Readonly<Record<string, Sample>>
  /** The same of groups whose members are known only at run time, all of these together. */
  readonly groups?: Readonly<Record<string, Sample>>
}

/** The earlier runs of a name, oldest first. */
export interface History {
  readonly runs: readonly RunRecord[]
  /** Why there may have been more, a clause: the record is damaged, or none is kept here. */
  readonly unknown?: string
}

/** Where the history of the runs of a repository is kept. */
export interface HistoryStore {
  /** What there is of a name. Never throws: what cannot be read is `unknown`. */
  read(name: string): Promise<History>
  /** Puts a record there, in place of that of the same run, whoever else does the same meanwhile; returns what is there now. Rejects where it cannot. */
  put(record: RunRecord): Promise<History>
}

/** A place that keeps nothing, for the reason given. */
export function noHistory(unknown: string): HistoryStore {
  return { read: () => Promise.resolve({ runs: [], unknown }), put: () => Promise.resolve({ runs: [], unknown }) }
}

/** How long each instance took when it last succeeded, in milliseconds by id: the scheduler starts the longest remaining path first. */
export function durationsOf({ runs }: History, simulated: boolean): ReadonlyMap<string, number> {
  const durations = new Map<string, number>()
  // The newest comes last, and runs of the same kind after the others.
  for (const run of [
    ...runs.filter((run) => run.simulated !== simulated),
    ...runs.filter((run) => run.simulated === simulated),
  ])
    for (const [id, sample] of Object.entries(run.samples ?? {}))
      if (sample !== 0 && sample[1] === 1) durations.set(id, sample[0])
  return durations
}

/** What the agents of each instance spent when they last ran, by id; runs of the same kind count before others. */
export function spendingOf(
  { runs }: History,
  simulated: boolean,
): ReadonlyMap<string, { readonly tokens: number; readonly costUsd: number }> {
  const spending = new Map<string, { readonly tokens: number; readonly costUsd: number }>()
  for (const run of [
    ...runs.filter((run) => run.simulated !== simulated),
    ...runs.filter((run) => run.simulated === simulated),
  ])
    for (const [id, sample] of Object.entries({ ...run.samples, ...run.groups })) {
      if (sample === 0) continue
      const [, , tokens, costUsd] = sample
      if (tokens !== undefined && costUsd !== undefined) spending.set(id, { tokens, costUsd })
    }
  return spending
}

/** What the newest runs took that have ended, of the same kind and without the one named; the newest last. Shards count with the run that collected them. */
export function figuresOf({ runs }: History, simulated: boolean, except: string): RunFigures[] {
  const byId = new Map(runs.map((run) => [run.id, run]))
  return runs
    .filter((run) => run.ended && run.simulated === simulated && run.id !== except && run.isPart !== true)
    .slice(-mostEarlierRuns)
    .map(({ days, parts = [], tookMs = null }) => {
      const spent = [days, ...parts.map((id) => byId.get(id)?.days ?? {})].flatMap((each) => Object.values(each))
      const known = (unit: 0 | 1): number | null =>
        spent.some((day) => day[unit === 0 ? 2 : 3] === 1) ? null : spent.reduce((sum, day) => sum + day[unit], 0)
      return { durationMs: tookMs, tokens: known(0), usd: known(1) }
    })
}

/** What of a run is on record already. */
export interface EarlierRecords {
  /** Of itself, where it goes on or says so while it runs. */
  readonly own?: Pick<RunRecord, 'days'> | undefined
  /** Ids of the runs that it collects. */
  readonly ids?: ReadonlySet<string>
}

/** What a run is remembered by. */
export function recordOf(
  state: RunState,
  now: number,
  { own: before, ids: known = new Set() }: EarlierRecords = {},
): RunRecord | undefined {
  const { started, ended } = state
  if (started === undefined) return undefined
  const today = dayOf(now)
  const earlier = Object.entries(before?.days ?? {}).filter(([day]) => day !== today)
  const { shard } = started
  const isCounted = createIsIn(shard?.taken.flatMap(({ runId, only }) => (known.has(runId) ? only : [])) ?? [])
  const own = new Map([...state.instances].filter(([id]) => !isCounted(id)))
  const [tokens, costUsd, ...atLeast] = spentIn(runAccounting({ ...state, instances: own }))
  const sum = (unit: 0 | 1): number => earlier.reduce((total, [, spent]) => total + spent[unit], 0)
  return {
    name: started.plan.name,
    id: started.runId,
    at: started.at,
    simulated: started.simulated,
    ended: ended !== undefined,
    ...(shard?.name !== undefined && { isPart: true as const }),
    ...(shard !== undefined && shard.name === undefined && { parts: shard.taken.map(({ runId }) => runId) }),
    days: { ...Object.fromEntries(earlier), [today]: [rest(tokens - sum(0)), rest(costUsd - sum(1)), ...atLeast] },
    ...(ended !== undefined && {
      tookMs: Math.max(0, ended.at - started.at),
      samples: samplesOf(state),
      groups: groupsOf(state),
    }),
  }
}

/** Whether something read from a file is a record. */
export function isRunRecord(value: unknown): value is RunRecord {
  return (
    isObject<Record<string, unknown>>(value) &&
    typeof value['name'] === 'string' &&
    typeof value['id'] === 'string' &&
    typeof value['at'] === 'number' &&
    isObject(value['days'])
  )
}

function samplesOf(state: RunState): Record<string, Sample> {
  const samples: [string, Sample][] = []
  for (const [id, of] of state.instances) {
    if (of.elsewhere === true) continue
    const { instance, outcome, reason, attempts } = of
    if (instance.kind === 'process') {
      const ms = attempts.reduce((sum, { ended }) => sum + (ended?.durationMs ?? 0), 0)
      const spending = instance.pool === 'agents' ? spentIn(instanceAccounting(of)) : ([] as const)
      // What was restored says nothing of how long it takes.
      if (attempts.at(-1)?.restored !== undefined) continue
      if (attempts.length > 0) samples.push([id, [ms, outcome === 'success' ? 1 : 0, ...spending]])
      else if (outcome === 'skipped' && reason !== 'not-selected') samples.push([id, 0])
    }
  }
  return Object.fromEntries(samples)
}

function groupsOf(state: RunState): Record<string, Sample> {
  const groups: [string, Sample][] = []
  for (const id of openGroups([...state.gates.values(), ...[...state.instances.values()].map((of) => of.instance)])) {
    const sample = sampleOfGroup(state, id)
    if (sample !== undefined) groups.push([id, sample])
  }
  return Object.fromEntries(groups)
}

/** Groups whose members are known only at run time: repeated ones, and matrices that wait for an output. */
export function openGroups(instances: readonly Instance[]): Set<string> {
  const open = new Set<string>()
  for (const each of instances) {
    if (each.kind === 'gate' && each.expansion !== undefined) open.add(each.group)
    if (each.kind === 'group' && each.repeat !== undefined) open.add(each.id)
  }
  return open
}

/** All rounds or cells of a group together. */
function sampleOfGroup(state: RunState, id: string): Sample | undefined {
  const group = state.instances.get(id)
  if (group === undefined || group.reason === 'not-selected') return undefined
  const inside = [...state.instances.values()].filter((of) => of.instance.id.startsWith(`${id}.`))
  const spans = inside.flatMap(({ startedAt, endedAt }) =>
    startedAt === undefined ? [] : [[startedAt, endedAt ?? startedAt] as const],
  )
  if (spans.length === 0) return group.outcome === 'skipped' || group.outcome === 'success' ? 0 : undefined
  const from = spans.reduce((least, [start]) => Math.min(least, start), Infinity)
  const to = spans.reduce((most, [, end]) => Math.max(most, end), 0)
  const hasAgents = inside.some(({ instance }) => instance.kind === 'process' && instance.pool === 'agents')
  const spent = runAccounting({ ...state, instances: new Map(inside.map((of) => [of.instance.id, of])) })
  return [to - from, group.outcome === 'success' ? 1 : 0, ...(hasAgents ? spentIn(spent) : ([] as const))]
}

function spentIn(accounting: Accounting): Spending {
  const { usage, partial } = accounting
  const { usd, atLeast } = knownCost(accounting)
  return [
    usage === null ? 0 : totalTokens(usage),
    usd ?? 0,
    partial || usage === null ? 1 : 0,
    atLeast || usd === null ? 1 : 0,
  ]
}

/** Dollars are sums: what is left of them beyond a billionth is noise. */
function rest(amount: number): number {
  return Math.max(0, Number(amount.toFixed(9)))
}
