import { groupBy } from '../core/group-by.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { wholeJson } from '../core/kept-text.ts'
import type { LinkedRun, LinkedRunFacts } from '../core/link.ts'
import { isSuperseded, type InstanceState, type RunState } from '../core/run-state.ts'
import { expressionUsage } from '../core/expression-usage.ts'
import { knownCost, roundUsd, sumAccounting, type Accounting } from '../core/usage.ts'
import { shownText } from '../report/report-model.ts'

/** What a finished run came to, as the expressions of another read it. Files of its directory are not there, and are null. */
export function describeLinkedRun(
  state: RunState,
  started: NonNullable<RunState['started']>,
  ended: NonNullable<RunState['ended']>,
  facts: Pick<LinkedRunFacts, 'id' | 'url'>,
): LinkedRun {
  const all = [...state.instances.values()]
  const members = groupBy(
    all.filter((at) => !isSuperseded(state, at)),
    (at) => at.instance.parent,
  )
  const outputs = all.flatMap(({ instance: { id }, outputs: own }) =>
    Object.keys(own).length > 0 ? [[id, own] as const] : [],
  )
  const { result, reason } = ended
  return {
    result,
    reason: result === 'success' ? '' : 'linked-run',
    detail: reason,
    run: {
      id: facts.id,
      name: started.plan.name,
      url: facts.url,
      commit: started.commit,
      'ended-at': new Date(ended.at).toISOString(),
    },
    outputs: Object.fromEntries(outputs),
    instances: byKey(members.get(undefined)),
    ...spending(sumAccounting(all.flatMap(({ attempts }) => attempts.map(({ accounting }) => accounting)))),
    'duration-ms': Math.max(0, ended.at - started.at),
  }

  function byKey(those: readonly InstanceState[] = []): JsonObject {
    return Object.fromEntries(those.map((at) => [at.instance.key, describe(at)]))
  }

  function describe(at: InstanceState): JsonObject {
    const inside = members.get(at.instance.id) ?? []
    const last = at.attempts.at(-1)?.ended
    const described = byKey(inside)
    const { startedAt, endedAt } = at
    return {
      result: at.result ?? null,
      outcome: at.outcome ?? null,
      reason: at.reason,
      'exit-code': last?.exitCode ?? null,
      denials: last?.denials ?? 0,
      text: last === undefined ? null : shownText(last, state),
      outputs: at.outputs,
      json: last === undefined ? null : jsonOf(last),
      attempts: at.attempts.length,
      rounds: at.round ?? null,
      'duration-ms': startedAt === undefined || endedAt === undefined ? null : Math.max(0, endedAt - startedAt),
      'patch-file': null,
      'stdout-file': null,
      ...spending(sumAccounting(accountingsOf(at))),
      all: Object.values(described),
      instances: described,
    }
  }

  function accountingsOf(at: InstanceState): Accounting[] {
    return [
      ...at.attempts.map(({ accounting }) => accounting),
      ...(members.get(at.instance.id) ?? []).flatMap(accountingsOf),
    ]
  }

  /** What was too long for the journal and is damaged or gone is not there. */
  function jsonOf(last: Parameters<typeof wholeJson>[0]): Json {
    try {
      return wholeJson(last, state.readText)
    } catch {
      return null
    }
  }
}

function spending(accounting: Accounting): Pick<LinkedRun, 'usage' | 'cost-usd' | 'cost-partial'> {
  const { usd, atLeast } = knownCost(accounting)
  return {
    usage: expressionUsage(accounting),
    'cost-usd': roundUsd(usd),
    'cost-partial': atLeast,
  }
}
