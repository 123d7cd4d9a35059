import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { findCovering, ownersOf } from '../core/shard.ts'

/** What of the run's budget a shard may spend. */
export interface BudgetShare {
  readonly tokens?: number
  readonly costUsd?: number
}

/** What instances are expected to take, by what they took before; by their ids. */
export interface Expectations {
  /** Milliseconds. */
  readonly durations: ReadonlyMap<string, number>
  readonly spending: ReadonlyMap<string, { readonly tokens: number; readonly costUsd: number }>
}

/**
 * Gives each shard that asks agents its part of the run's budget: what is reserved for its instances, and of the rest as much as these are expected to
 * need in relation to the others, where nothing is known of any of them in relation to their number. A budget of a day or week is not shared out: what is left of it is seen by whoever runs.
 */
export function shareBudget<S extends { readonly only: readonly string[] }>(
  plan: Plan,
  shards: readonly S[],
  expected?: Expectations,
): (S & { readonly budget?: BudgetShare })[] {
  const { budget } = plan
  if (budget === undefined || budget.per !== undefined) return [...shards]
  const agents = plan.instances.flatMap(agentsOf)
  const owners = ownersOf(shards.map(({ only }, index) => ({ only, index })))
  const ownerOf = (id: string): number | undefined => findCovering(owners, id)?.index
  const asking = new Set(agents.map(ownerOf))
  const split = (unit: Unit): number[] | undefined =>
    splitBudget(plan, shards.length, { agents, ownerOf, expected, unit })
  const tokens = split('tokens')
  const costUsd = split('costUsd')
  return shards.map((shard, index) => {
    const share = { tokens: tokens?.[index], costUsd: costUsd?.[index] }
    const given = {
      ...(share.tokens !== undefined && { tokens: Math.max(1, Math.floor(share.tokens)) }),
      ...(share.costUsd !== undefined && { costUsd: Math.max(0.0001, Math.floor(share.costUsd * 1e4) / 1e4) }),
    }
    return asking.has(index) ? { ...shard, budget: given } : shard
  })
}

/** Ids of the agents that a node is, or, of a gate, that it makes the cells of: these as often as they are written. */
function agentsOf(node: Instance): string[] {
  if (node.kind === 'process') return node.pool === 'agents' ? [node.id] : []
  if (node.kind === 'gate') return (node.expansion?.template ?? []).flatMap(agentsOf)
  return []
}

type Unit = 'tokens' | 'costUsd'

function splitBudget(
  { budget, reserve }: Plan,
  count: number,
  {
    agents,
    ownerOf,
    expected,
    unit,
  }: {
    readonly agents: readonly string[]
    /** The index of the shard that an id is in. */
    readonly ownerOf: (id: string) => number | undefined
    readonly expected: Expectations | undefined
    readonly unit: Unit
  },
): number[] | undefined {
  const limit = budget?.[unit]
  if (limit === undefined) return undefined
  const known = agents.flatMap((id) => expected?.spending.get(id)?.[unit] ?? [])
  const usual = known.length === 0 ? 1 : known.reduce((sum, each) => sum + each, 0) / known.length
  const weights = Array.from({ length: count }, () => 0)
  for (const id of agents) {
    const index = ownerOf(id)
    if (index !== undefined) weights[index] = (weights[index] ?? 0) + (expected?.spending.get(id)?.[unit] ?? usual)
  }
  const reserved = weights.map(() => 0)
  for (const [id, part] of Object.entries(reserve)) {
    const index = ownerOf(id)
    if (index !== undefined) reserved[index] = (reserved[index] ?? 0) + (part[unit] ?? 0)
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const rest = Math.max(0, limit - reserved.reduce((sum, part) => sum + part, 0))
  return weights.map((weight, index) => (reserved[index] ?? 0) + (all === 0 ? 0 : (rest * weight) / all))
}

/** `tokens=12000,cost-usd=1.5`: how a share stands in a matrix; empty where there is none. */
export function printShare(share: BudgetShare | undefined): string {
  const { tokens, costUsd } = share ?? {}
  return [
    ...(tokens === undefined ? [] : [`tokens=${tokens}`]),
    ...(costUsd === undefined ? [] : [`cost-usd=${costUsd}`]),
  ].join(',')
}

/** Reads what `printShare` writes; undefined for what it is not, nothing for an empty text. */
export function parseShare(text: string): BudgetShare | undefined {
  const share: { tokens?: number; costUsd?: number } = {}
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, name, digits = ''] = /^\s*(tokens|cost-usd)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(part) ?? []
    if (name === undefined || Number(digits) <= 0) return undefined
    if (name === 'tokens') share.tokens = Math.floor(Number(digits))
    else share.costUsd = Number(digits)
  }
  return share
}

/** The plan with a share in place of its budget; a plan without one keeps to none. */
export function withShare(plan: Plan, share: BudgetShare): Plan {
  return plan.budget === undefined ? plan : { ...plan, budget: { ...plan.budget, ...share } }
}
