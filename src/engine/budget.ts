import type { BudgetCrossed, EarlierSpending } from '../core/earlier-spending.ts'
import type { Budget } from '../core/instance.ts'
import { totalTokens, type Accounting } from '../core/usage.ts'
import { createLines, type Amount, type Flight, type Node, type Reserve, type Scope } from './node.ts'
import type { Progress } from './progress.ts'
import { isOwn } from './shard.ts'

const nothing: Readonly<Amount> = { tokens: 0, costUsd: 0 }

/** What an agent is assumed to need before anything is known of this run. */
const defaultTokens = 20_000

/** What it is assumed to cost then: several that start at once must not spend a small budget many times over. */
const defaultCostUsd = 0.25

/** A budget of which nothing is spent; `id` null is the run's. */
export function createScope(id: string | null, budget: Budget): Scope {
  return {
    kind: 'budget',
    parked: createLines(),
    id,
    budget,
    spent: { tokens: 0, costUsd: 0 },
    reserved: { tokens: 0, costUsd: 0 },
    held: { tokens: 0, costUsd: 0 },
    inFlight: 0,
    carried: undefined,
    uncounted: { tokens: false, costUsd: false },
    warned: false,
    exceeded: false,
    noticed: false,
  }
}

/** The flight of an attempt that does not run. */
export const grounded: Flight = { tokens: 0, costUsd: 0, expected: nothing, kept: nothing, counted: false }

/** The budgets a node spends from: its own, those of the groups around it, the run's. */
export function scopesOf(progress: Progress, node: Node): Scope[] {
  const scopes: Scope[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.parent)
    if (at.scope !== undefined) scopes.push(at.scope)
  if (progress.runScope !== undefined && isOwn(progress, node)) scopes.push(progress.runScope)
  return scopes
}

/** Sets aside what an attempt that starts is expected to need. */
export function reserveFor(progress: Progress, node: Node): void {
  const counted = isAgent(node)
  node.flight = { ...grounded, expected: estimateOf(progress, node), kept: leftOf(reserveOf(node)), counted }
  for (const scope of scopesOf(progress, node)) {
    scope.reserved.tokens += setAside(node, scope, 'tokens', 0)
    scope.reserved.costUsd += setAside(node, scope, 'costUsd', 0)
    if (counted) scope.inFlight++
  }
}

/** Books what a running attempt has spent by now; `accounting` is cumulative for the attempt. */
export function charge(progress: Progress, node: Node, accounting: Accounting): void {
  const { flight } = node
  const tokens = accounting.usage === null ? flight.tokens : totalTokens(accounting.usage)
  const costUsd = accounting.costUsd ?? flight.costUsd
  for (const scope of scopesOf(progress, node)) {
    scope.spent.tokens += tokens - flight.tokens
    scope.spent.costUsd += costUsd - flight.costUsd
    scope.reserved.tokens += setAside(node, scope, 'tokens', tokens) - setAside(node, scope, 'tokens', flight.tokens)
    scope.reserved.costUsd +=
      setAside(node, scope, 'costUsd', costUsd) - setAside(node, scope, 'costUsd', flight.costUsd)
    progress.work.scopes.add(scope)
  }
  const reserve = reserveOf(node)
  if (reserve !== undefined)
    changeReserve(reserve, () => {
      reserve.spent.tokens += tokens - flight.tokens
      reserve.spent.costUsd += costUsd - flight.costUsd
    })
  node.flight = { ...flight, tokens, costUsd }
}

/** Takes in what others have spent by now of the run's budget of a day or week. */
export function carry(progress: Progress, earlier: EarlierSpending): void {
  const { runScope: scope } = progress
  if (scope === undefined) return
  for (const unit of ['tokens', 'costUsd'] as const) scope.spent[unit] += earlier[unit] - (scope.carried?.[unit] ?? 0)
  scope.carried = earlier
  progress.work.scopes.add(scope)
  freeParked(progress)
}

/** Books the last figures of an attempt and gives back what was set aside for it. */
export function chargeEnd(progress: Progress, node: Node, accounting: Accounting, isTypical: boolean): void {
  const { usage, costUsd, partial } = accounting
  const { average } = progress
  if (usage !== null && isTypical && isAgent(node)) {
    average.attempts++
    average.tokens += totalTokens(usage)
  }
  if (costUsd !== null && isTypical && isAgent(node)) {
    average.priced++
    average.costUsd += costUsd
  }
  charge(progress, node, accounting)
  const { flight } = node
  for (const scope of scopesOf(progress, node)) {
    scope.reserved.tokens -= setAside(node, scope, 'tokens', flight.tokens)
    scope.reserved.costUsd -= setAside(node, scope, 'costUsd', flight.costUsd)
    if (flight.counted) scope.inFlight--
    const { budget, uncounted } = scope
    uncounted.tokens ||= partial || usage === null
    uncounted.costUsd ||= partial || costUsd === null
    const silent = (budget.tokens !== undefined && usage === null) || (budget.costUsd !== undefined && costUsd === null)
    if (silent || partial) progress.work.unknown.push({ scope, node, silent })
  }
  node.flight = grounded
  freeParked(progress)
}

/** Whom a part of the budget was kept for has ended: the others may have what is left of it. */
export function releaseReserve(progress: Progress, node: Node): void {
  const { reserve } = node
  if (reserve === undefined) return
  changeReserve(reserve, () => (reserve.held = false))
  freeParked(progress)
}

/** Keeps aside what the plan reserves for a node, less what it, or all that is in it, has spent of it. */
export function holdReserve(progress: Progress, node: Node): void {
  const part = progress.started?.plan.reserve[node.instance.id]
  const { runScope: scope } = progress
  if (part === undefined || scope === undefined || !isOwn(progress, node)) return
  const reserve = (node.reserve ??= {
    scope,
    part: { tokens: part.tokens ?? 0, costUsd: part.costUsd ?? 0 },
    spent: { tokens: 0, costUsd: 0 },
    held: false,
  })
  changeReserve(reserve, () => (reserve.held = true))
}

/** What is kept for a node, by its own name or by that of a group around it. */
export function reserveOf(node: Node): Reserve | undefined {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent)
    if (at.reserve !== undefined) return at.reserve
  return undefined
}

/** Whether a budget lets a node start: at once, after something in flight has ended, or not at all. */
export function admission(progress: Progress, node: Node, scope: Scope): 'now' | 'later' | 'never' {
  const { budget, spent, reserved, inFlight } = scope
  if (budget.onExceeded === 'warn' || keepsReserve(node, scope)) return 'now'
  const estimate = estimateOf(progress, node)
  let verdict: 'now' | 'later' = 'now'
  for (const unit of ['tokens', 'costUsd'] as const) {
    const limit = limitOf(scope, unit)
    if (spent[unit] >= limit) return 'never'
    if (estimate[unit] > 0 && inFlight > 0 && spent[unit] + reserved[unit] + estimate[unit] > limit) verdict = 'later'
  }
  return verdict
}

/** The first budget that is used up for a node. */
export function exhaustedScope(progress: Progress, node: Node): Scope | undefined {
  return scopesOf(progress, node).find((scope) => admission(progress, node, scope) === 'never')
}

/** The first budget whose attempts in flight a node has to wait for. */
export function awaitedScope(progress: Progress, node: Node): Scope | undefined {
  return scopesOf(progress, node).find((scope) => admission(progress, node, scope) === 'later')
}

/** What a node that is not named in `reserve` may use of a budget. */
export function limitOf(scope: Scope, unit: keyof Amount): number {
  const limit = scope.budget[unit]
  return limit === undefined ? Number.POSITIVE_INFINITY : limit - scope.held[unit]
}

/** Whether a node still has a part of the run's budget to itself. */
function keepsReserve(node: Node, scope: Scope): boolean {
  if (scope.id !== null) return false
  const left = leftOf(reserveOf(node))
  return left.tokens > 0 || left.costUsd > 0
}

/** Remembers that a crossing was recorded. */
export function applyCrossing(progress: Progress, event: BudgetCrossed): void {
  const scope = event.scope === null ? progress.runScope : progress.byId.get(event.scope)?.scope
  if (scope === undefined) return
  scope.warned = true
  if (event.type !== 'budget.exceeded') return
  scope.exceeded = true
  progress.work.scopes.add(scope)
}

/** What is left of a node's own budget for its next attempt: it holds for all of its attempts together. */
export function remainingBudget({ definition, scope }: Node): Budget | undefined {
  const budget = definition?.budget
  if (budget === undefined || scope === undefined) return budget
  return {
    ...budget,
    ...(budget.tokens !== undefined && { tokens: rest(budget.tokens, scope.spent.tokens) }),
    ...(budget.costUsd !== undefined && { costUsd: rest(budget.costUsd, scope.spent.costUsd) }),
  }
}

/** What the next attempt of a node is expected to spend: what is left of its own budget, else what an agent spends on average in this run. */
function estimateOf(progress: Progress, node: Node): Amount {
  const { attempts, tokens, priced, costUsd } = progress.average
  const budget = remainingBudget(node)
  const usual = isAgent(node)
    ? {
        tokens: attempts === 0 ? defaultTokens : tokens / attempts,
        costUsd: priced === 0 ? defaultCostUsd : costUsd / priced,
      }
    : nothing
  return { tokens: budget?.tokens ?? usual.tokens, costUsd: budget?.costUsd ?? usual.costUsd }
}

function isAgent({ instance }: Node): boolean {
  return instance.kind === 'process' && instance.pool === 'agents'
}

function freeParked(progress: Progress): void {
  for (const scope of progress.parkedScopes) progress.work.freed.add(scope)
  progress.parkedScopes.clear()
}

/** What an attempt that has spent so much may still need of a budget: of the run's it uses first what is kept for it. */
function setAside({ flight }: Node, scope: Scope, unit: keyof Amount, spent: number): number {
  return rest(flight.expected[unit], Math.max(spent, scope.id === null ? flight.kept[unit] : 0))
}

function rest(reserved: number, spent: number): number {
  return Math.max(0, reserved - spent)
}

function leftOf(reserve: Reserve | undefined): Readonly<Amount> {
  if (reserve?.held !== true) return nothing
  const { part, spent } = reserve
  return { tokens: rest(part.tokens, spent.tokens), costUsd: rest(part.costUsd, spent.costUsd) }
}

function changeReserve(reserve: Reserve, change: () => void): void {
  const before = leftOf(reserve)
  change()
  const after = leftOf(reserve)
  const { held } = reserve.scope
  held.tokens += after.tokens - before.tokens
  held.costUsd += after.costUsd - before.costUsd
}
