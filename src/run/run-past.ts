import type { RunState } from '../core/run-state.ts'
import { describeEarlierRuns } from '../report/earlier-runs.ts'
import { durationsOf, figuresOf, recordOf, type History, type HistoryStore } from './history.ts'
import { localHistory } from './local-history.ts'
import type { RunOptions } from './run-options.ts'
import type { SharedBudget } from './shared-budget.ts'

/** What a run knows of those before it, and leaves to those after it. */
export interface RunPast {
  /** Milliseconds by instance id. */
  readonly durations: ReadonlyMap<string, number>
  /** Where the run's budget holds for a day or week. */
  readonly shared: SharedBudget | undefined
  /** A line on what the runs before it took; undefined where none is known. */
  readonly earlier: string | undefined
  /** Puts the run on record. Never rejects: history is a hint, and a run that cannot leave one (a full disk) is no worse for it. */
  remember(state: RunState): Promise<void>
}

/** Reads the history of a plan's runs. `root` is the folder that keeps it where no store is given. */
export async function openPast(
  { plan, simulation, history: store, shard }: RunOptions,
  root: string,
  runId: string,
  now: () => number,
): Promise<RunPast> {
  const all = store ?? localHistory(root, now)
  // What it collects is its own, whoever has it on record.
  const parts = new Set(shard?.part.name === undefined ? shard?.part.taken.map((each) => each.runId) : [])
  const kept = parts.size === 0 ? all : withoutRuns(all, parts)
  const history = await all.read(plan.name)
  const simulated = simulation !== undefined
  const per = plan.budget?.per
  const run = { id: runId, name: plan.name, simulated }
  // Nothing below holds the whole history: of ten thousand instances each run of it takes a megabyte, for as long as this one goes on.
  const days = history.runs.find(({ id }) => id === runId)?.days
  const onRecord = new Set(history.runs.flatMap(({ id }) => (parts.has(id) ? id : [])))
  const shared =
    per === undefined
      ? undefined
      : (await import('./shared-budget.ts')).shareBudget(kept, without(history, parts), { ...run, per }, now)
  return {
    durations: durationsOf(history, simulated),
    shared,
    earlier: describeEarlierRuns(figuresOf(history, simulated, runId)),
    async remember(state) {
      const record = recordOf(state, now(), { own: shared?.own() ?? (days && { days }), ids: onRecord })
      if (record !== undefined) await kept.put(record).catch(() => undefined)
    },
  }
}

/** A history that does not know some runs. */
function withoutRuns(store: HistoryStore, ids: ReadonlySet<string>): HistoryStore {
  return {
    read: async (name) => without(await store.read(name), ids),
    put: async (record) => without(await store.put(record), ids),
  }
}

function without(history: History, ids: ReadonlySet<string>): History {
  return ids.size === 0 ? history : { ...history, runs: history.runs.filter(({ id }) => !ids.has(id)) }
}
