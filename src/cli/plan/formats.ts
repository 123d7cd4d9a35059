import { unpricedInstances } from '../../agents/unpriced-instances.ts'
import type { Plan } from '../../core/plan.ts'
import { localTimeZone } from '../../run/local-time-zone.ts'
import type { ShardRules } from '../../run/make-shards.ts'
import type { Hindsight } from '../look-back.ts'
import type { Surroundings } from '../surroundings.ts'

/** Writes a plan in one way, with what earlier runs say of the next. */
type RenderPlan = (plan: Plan, hindsight: Hindsight, around: Surroundings, rules?: ShardRules) => Promise<string>

/** The values of `--format`, the default first. */
export const planFormats = {
  text: async (plan, hindsight, around) => {
    const { renderPlanText } = await import('../../report/plan-text.ts')
    const columns = around.out.interactive ? { columns: around.out.columns() } : {}
    return renderPlanText(plan, {
      ...hindsight,
      clock: { now: around.now(), timeZone: localTimeZone() },
      unpriced: await unpricedInstances(plan, around.environment),
      commandLines: await commandLinesOf(plan, around, true),
      ...columns,
    })
  },
  mermaid: async (plan, { durations, variantFacts }) =>
    (await import('../../report/plan-mermaid.ts')).renderPlanMermaid(plan, { durations, variantFacts }),
  json: async (plan, hindsight, around) => {
    const { renderPlanJson } = await import('../../report/plan-json.ts')
    const options = {
      ...hindsight,
      unpriced: await unpricedInstances(plan, around.environment),
      commandLines: await commandLinesOf(plan, around),
    }
    return `${JSON.stringify(renderPlanJson(plan, options), null, 2)}\n`
  },
  dot: async (plan, { durations, variantFacts }) =>
    (await import('../../report/plan-dot.ts')).renderPlanDot(plan, { durations, variantFacts }),
  shards: async (plan, { durations, spending }, _around, rules) => {
    const [{ makeShards, mostShards }, { printShards }] = await Promise.all([
      import('../../run/make-shards.ts'),
      import('../../run/shard-matrix.ts'),
    ])
    const shards = makeShards(plan, {
      ...(rules ?? { by: 'level', maxShards: mostShards, only: null }),
      expected: { durations, spending },
    })
    return `${JSON.stringify(printShards(shards, plan), null, 2)}\n`
  },
} satisfies Record<string, RenderPlan>

async function commandLinesOf(plan: Plan, around: Surroundings, isShort = false): Promise<ReadonlyMap<string, string>> {
  const { expandCommandLines, shortenJson } = await import('./command-lines.ts')
  return expandCommandLines(plan, around, isShort ? shortenJson : undefined)
}
