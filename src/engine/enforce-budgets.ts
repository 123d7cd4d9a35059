import { admission, exhaustedScope, limitOf, scopesOf } from './budget.ts'
import { dayOf } from '../core/earlier-spending.ts'
import { cancelNode } from './cancel.ts'
import { record, type Decision } from './decision.ts'
import type { Amount, Node, Scope } from './node.ts'
import type { Progress } from './progress.ts'
import { isCollecting } from './shard.ts'

/** Records thresholds and limits that spending has crossed, and stops what a used-up budget is to stop. */
export function enforceBudgets(decision: Decision): void {
  const { progress } = decision
  const { work } = progress
  for (const scope of work.scopes) {
    if (!scope.warned && reached(scope, scope.budget.warnAt, false)) cross(decision, scope, 'budget.warned')
    if (!reached(scope, 1, true)) continue
    if (!scope.exceeded) cross(decision, scope, 'budget.exceeded')
    else {
      work.freed.add(scope)
      if (kills(progress, scope) && !progress.taking) stopSpenders(decision, scope)
    }
  }
  work.scopes.clear()
  for (const { scope, node, silent } of work.unknown.splice(0)) {
    if (scope.noticed) continue
    scope.noticed = true
    const { id } = node.instance
    const message = silent
      ? `${id} did not report its usage; ${nameOf(scope)} does not include it`
      : `${id} reported only part of its usage; ${nameOf(scope)} includes that part`
    record(decision, { type: 'notice', level: 'warning', id, message })
  }
}

/** How a budget that was crossed stands at the end: unless it only warns, what it was exceeded by had been in flight. */
export function reportOvershoot(decision: Decision): void {
  const { progress } = decision
  for (const scope of progress.scopes) {
    const { budget, spent } = scope
    const over: string[] = []
    if (budget.tokens !== undefined && spent.tokens > budget.tokens)
      over.push(`${atLeast(scope, 'tokens')}${spent.tokens - budget.tokens} tokens over ${budget.tokens}`)
    if (budget.costUsd !== undefined && spent.costUsd > budget.costUsd)
      over.push(`${atLeast(scope, 'costUsd')}$${(spent.costUsd - budget.costUsd).toFixed(4)} over $${budget.costUsd}`)
    if (over.length === 0) continue
    if (budget.onExceeded !== 'warn')
      over.push(
        isCollecting(progress)
          ? 'by what shards still had running when their parts of it were used up'
          : 'by what was still running when it was used up',
      )
    record(decision, { type: 'notice', level: 'warning', message: `${nameOf(scope)} was overshot: ${over.join(', ')}` })
  }
}

/** Why an instance may spend nothing more, be it for an answer that is to be repaired; undefined when it may. */
export function explainExhausted(progress: Progress, id: string): string | undefined {
  const node = progress.byId.get(id)
  const scope = node === undefined ? undefined : exhaustedScope(progress, node)
  return scope && explainExhaustion(scope)
}

/** `the budget of the run`, `the budget per day`. */
export function nameOf({ id, shard, budget }: Scope): string {
  if (shard !== undefined && budget.per === undefined) return `the part of the budget that shard ${shard} has`
  return budget.per === undefined ? `the budget of ${id ?? 'the run'}` : `the budget per ${budget.per}`
}

/** Why a used-up budget keeps a node from starting. */
export function explainExhaustion(scope: Scope): string {
  const parts: string[] = []
  const { budget, spent, held, carried } = scope
  if (budget.tokens !== undefined)
    parts.push(
      `${atLeast(scope, 'tokens')}${spent.tokens} of ${budget.tokens} tokens spent${kept(held.tokens, String(held.tokens))}`,
    )
  if (budget.costUsd !== undefined)
    parts.push(
      `${atLeast(scope, 'costUsd')}$${spent.costUsd.toFixed(4)} of $${budget.costUsd} spent${kept(held.costUsd, `$${held.costUsd.toFixed(4)}`)}`,
    )
  if (carried !== undefined && carried.runs > 0)
    parts.push(
      `with ${carried.runs === 1 ? 'another run' : `${carried.runs} other runs`} since ${dayOf(carried.since)}`,
    )
  return `${nameOf(scope)} is used up (${parts.join(', ')})`
}

function atLeast(scope: Scope, unit: keyof Amount): string {
  return isUncounted(scope, unit) ? 'at least ' : ''
}

/** Whether more was spent than could be counted. */
function isUncounted({ uncounted, carried }: Scope, unit: keyof Amount): boolean {
  return uncounted[unit] || carried?.atLeast[unit] === true || carried?.unknown !== undefined
}

function kept(amount: number, shown: string): string {
  return amount > 0 ? `, ${shown} reserved` : ''
}

function cross(decision: Decision, scope: Scope, type: 'budget.warned' | 'budget.exceeded'): void {
  const { tokens, costUsd } = scope.spent
  record(decision, {
    type,
    scope: scope.id,
    tokens,
    costUsd: isUncounted(scope, 'costUsd') ? null : costUsd,
    action: scope.budget.onExceeded,
  })
}

function reached({ budget, spent, ...scope }: Scope, share: number, withReserves: boolean): boolean {
  for (const unit of ['tokens', 'costUsd'] as const) {
    const limit = withReserves ? limitOf({ budget, spent, ...scope }, unit) : (budget[unit] ?? Number.POSITIVE_INFINITY)
    if (spent[unit] >= limit * share) return true
  }
  return false
}

/** `cancel` kills; the budget of one instance does under `stop` too, for there is nothing else it could stop. */
function kills(progress: Progress, scope: Scope): boolean {
  const { onExceeded } = scope.budget
  if (onExceeded === 'cancel') return true
  const owner = scope.id === null ? undefined : progress.byId.get(scope.id)
  return onExceeded === 'stop' && owner?.instance.kind === 'process'
}

function stopSpenders(decision: Decision, scope: Scope): void {
  for (const node of decision.progress.active)
    if (spendsFrom(decision.progress, node, scope)) cancelNode(decision, node, 'budget', explainExhaustion(scope))
}

function spendsFrom(progress: Progress, node: Node, scope: Scope): boolean {
  return scopesOf(progress, node).includes(scope) && admission(progress, node, scope) === 'never'
}
