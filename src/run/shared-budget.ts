import { beginningOf, dayOf, type EarlierSpending } from '../core/earlier-spending.ts'
import type { Noticed, RunEvent } from '../core/event.ts'
import { messageOf } from '../core/message-of.ts'
import type { Reporter } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import { recordOf, type History, type HistoryStore, type RunRecord } from './history.ts'

/** What others spend meanwhile is seen after so long, at the latest. */
const rereadMs = 2000

/** A budget that holds for the runs of a day or week, as one of them sees it. */
export interface SharedBudget {
  /** What others have spent when the run begins. */
  readonly earlier: EarlierSpending
  /** That not all of it is known. */
  readonly notices: readonly Noticed[]
  /** What a resumed run is told of it before it decides anything. */
  readonly onResume: readonly RunEvent[]
  /** Says what this run has spent whenever an agent's attempt ends; a reporter, because these see every event. */
  readonly reporter: Reporter
  /** Where changes of what others spent are sent. */
  connect(send: (event: RunEvent) => void): void
  /** What is on record of this run. */
  own(): RunRecord | undefined
}

/** What was spent before; goes on telling other runs what this one spends. `now` is epoch milliseconds. */
export function shareBudget(
  store: HistoryStore,
  history: History,
  run: { readonly id: string; readonly name: string; readonly simulated: boolean; readonly per: 'day' | 'week' },
  now: () => number,
): SharedBudget {
  let own: RunRecord | undefined = history.runs.find(({ id }) => id === run.id)
  let earlier = spendingOfOthers(history, run, now())
  const { unknown } = earlier
  const message = `not all is known of what earlier runs spent of the budget per ${run.per}: ${unknown}`
  let send = (_event: RunEvent): void => {}
  let working = Promise.resolve()
  let waiting = false
  let failed = false
  let readAt = now()
  const notices: Noticed[] = unknown === undefined ? [] : [{ type: 'notice', level: 'warning', message }]

  const learn = (history: History): void => {
    readAt = now()
    const next = spendingOfOthers(history, run, readAt)
    if (JSON.stringify(next) === JSON.stringify(earlier)) return
    earlier = next
    send({ type: 'budget.carried', earlier })
  }

  /** The figures of a burst of ends are said once. */
  const publish = async (state: RunState): Promise<void> => {
    waiting = false
    const record = recordOf(state, now(), { own })
    if (record === undefined || record.ended) return
    own = record
    try {
      learn(await store.put(record))
    } catch (error) {
      if (failed) return
      failed = true
      const why = `other runs cannot be told what this one spends of the budget per ${run.per}: ${messageOf(error)}`
      send({ type: 'notice', level: 'warning', message: why })
    }
  }

  return {
    earlier,
    notices,
    onResume: [{ type: 'budget.carried', earlier }, ...notices],
    own: () => own,
    reporter: {
      name: 'budget',
      onEvent(event, state) {
        const isSpending = event.type === 'attempt.ended' && event.accounting.costSource !== 'none'
        if (waiting || !(isSpending || event.type === 'run.started' || event.type === 'run.resumed')) return
        waiting = true
        working = working.then(() => publish(state))
      },
      refresh() {
        if (waiting || now() - readAt < rereadMs) return
        readAt = now()
        working = working.then(async () => learn(await store.read(run.name)))
      },
      onEnd: () => working.then(() => undefined),
    },
    connect(to) {
      send = to
    },
  }
}

/** What runs spent of the day or week of `now`, but for this one: of it, what it spent before then, which is not to count. */
export function spendingOfOthers(
  { runs, unknown }: History,
  run: { readonly id: string; readonly simulated: boolean; readonly per: 'day' | 'week' },
  now: number,
): EarlierSpending {
  const since = beginningOf(run.per, now)
  const first = dayOf(since)
  let others = 0
  let tokens = 0
  let costUsd = 0
  const atLeast = { tokens: false, costUsd: false }
  for (const { id, simulated, ended, days } of runs) {
    if (simulated !== run.simulated) continue
    let counts = false
    for (const [day, [dayTokens, dayUsd, tokensAtLeast, costAtLeast]] of Object.entries(days)) {
      if (id === run.id && day < first) {
        tokens -= dayTokens
        costUsd -= dayUsd
      }
      if (id === run.id || day < first) continue
      counts = true
      tokens += dayTokens
      costUsd += dayUsd
      atLeast.tokens ||= tokensAtLeast === 1 || !ended
      atLeast.costUsd ||= costAtLeast === 1 || !ended
    }
    if (counts) others++
  }
  return {
    since,
    runs: others,
    tokens,
    costUsd: Number(costUsd.toFixed(9)),
    atLeast,
    ...(unknown !== undefined && { unknown }),
  }
}
