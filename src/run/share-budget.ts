import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { findCovering } from '../core/shard.ts'

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
  const tokens = split(plan, shards, agents, 'tokens', budget.tokens, expected)
  const costUsd = split(plan, shards, agents, 'costUsd', budget.costUsd, expected)
  return shards.map((shard, index) => {
    const share = { tokens: tokens?.[index], costUsd: costUsd?.[index] }
    const given = {
      ...(share.tokens !== undefined && { tokens: Math.max(1, Math.floor(share.tokens)) }),
      ...(share.costUsd !== undefined && { costUsd: Math.max(0.0001, Math.floor(share.costUsd * 1e4) / 1e4) }),
    }
    return agents.some((id) => covers(shard, id)) ? { ...shard, budget: given } : shard
  })
}

/** Ids of the agents that a node is, or, of a gate, that it makes the cells of: these as often as they are written. */
function agentsOf(node: Instance): string[] {
  if (node.kind === 'process') return node.pool === 'agents' ? [node.id] : []
  if (node.kind === 'gate') return (node.expansion?.template ?? []).flatMap(agentsOf)
  return []
}

function covers({ only }: { readonly only: readonly string[] }, id: string): boolean {
  return findCovering(new Map(only.map((each) => [each, true])), id) !== undefined
}

function split(
  plan: Plan,
  shards: readonly { readonly only: readonly string[] }[],
  agents: readonly string[],
  unit: 'tokens' | 'costUsd',
  limit: number | undefined,
  expected: Expectations | undefined,
): number[] | undefined {
  if (limit === undefined) return undefined
  const known = agents.flatMap((id) => expected?.spending.get(id)?.[unit] ?? [])
  const usual = known.length === 0 ? 1 : known.reduce((sum, each) => sum + each, 0) / known.length
  const owners = new Map(shards.flatMap(({ only }, index) => only.map((id) => [id, index])))
  const weights = shards.map(() => 0)
  for (const id of agents) {
    const index = findCovering(owners, id)
    if (index !== undefined) weights[index] = (weights[index] ?? 0) + (expected?.spending.get(id)?.[unit] ?? usual)
  }
  const reserved = shards.map(() => 0)
  for (const [id, part] of Object.entries(plan.reserve)) {
    const index = findCovering(owners, id)
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
