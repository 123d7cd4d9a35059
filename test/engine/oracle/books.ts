import type { EarlierSpending } from '../../../src/core/earlier-spending.ts'
import type { Budget } from '../../../src/core/instance.ts'
import { totalTokens, type Accounting } from '../../../src/core/usage.ts'
import { chainOf, processOf, type Seen, type World } from './world.ts'

/** What budgets are counted in. */
export const units = ['tokens', 'costUsd'] as const
export type Unit = (typeof units)[number]
export type Amount = Record<Unit, number>

/** What an agent is assumed to need when nothing else is known, as documented. */
const usualTokens = 20_000
const usualCostUsd = 0.25

/** A budget as the plan declares it, and what was spent of it; `id` null is the run's. */
export interface Account {
  readonly id: string | null
  readonly budget: Budget
  readonly spent: Amount
  /** The part of it that other runs spent, of a budget per day or week. */
  carried: EarlierSpending | undefined
  /** Attempts ended that did not say all they used: what was spent is at least this. */
  readonly uncounted: Record<Unit, boolean>
  /** Of such an attempt the run is to tell. */
  unknown: boolean
}

/** What an instance has spent; what its running attempt has, is expected to, and had reserved for it when it began. */
export interface Purse {
  readonly spent: Amount
  flight: Amount
  expected: Amount
  kept: Amount
}

/** The books of all budgets, kept from what attempts said they used. */
export interface Books {
  readonly world: World
  readonly accounts: Map<string | null, Account>
  readonly purses: Map<string, Purse>
  /** What agents' attempts have used, and how many said so. */
  readonly history: { attempts: number; tokens: number; priced: number; costUsd: number }
}

/** Books in which nothing stands yet. */
export function createBooks(world: World): Books {
  return {
    world,
    accounts: new Map(),
    purses: new Map(),
    history: { attempts: 0, tokens: 0, priced: 0, costUsd: 0 },
  }
}

/** What an instance spends from: its own budget, those of the groups around it, the run's. */
export function accountsOf(books: Books, id: string): Account[] {
  const { world } = books
  const own = chainOf(world, id).map(({ instance }) => accountFor(books, instance.id, budgetOf(instance)))
  return [...own, accountFor(books, null, world.plan.budget)].filter((account) => account !== undefined)
}

/** What an instance has to do with budgets. */
export function purseOf({ purses }: Books, id: string): Purse {
  let purse = purses.get(id)
  if (purse === undefined) {
    purse = { spent: none(), flight: none(), expected: none(), kept: none() }
    purses.set(id, purse)
  }
  return purse
}

/** What is left of the part that is reserved for an instance, or for a group around it; none once that has ended. */
export function reserveLeft(books: Books, id: string): Amount {
  const owner = ownerOf(books.world, id)
  return owner === undefined ? none() : leftOf(books, owner)
}

/** How far a budget is spent beyond what those without a reserved part may have of it. Negative: so much is free. */
export function overOf(books: Books, { id, budget, spent }: Account, unit: Unit): number {
  let limit = budget[unit] ?? Infinity
  if (id === null) for (const owner of Object.keys(books.world.plan.reserve)) limit -= leftOf(books, owner)[unit]
  return spent[unit] - limit
}

/** What the next attempt of an instance is expected to need: what is left of its own budget, else what an agent of this run does on average. */
export function expectationOf(books: Books, one: Seen): Amount {
  const { history } = books
  const { pool, process } = processOf(one)
  const { attempts, tokens, priced, costUsd } = history
  const isAgent = pool === 'agents'
  const usual = attempts === 0 ? usualTokens : tokens / attempts
  const price = priced === 0 ? usualCostUsd : costUsd / priced
  const spent = accountFor(books, one.instance.id, budgetOf(one.instance))?.spent ?? none()
  const left = (unit: Unit): number | undefined => {
    const own = process.budget?.[unit]
    return own === undefined ? undefined : Math.max(0, own - spent[unit])
  }
  return {
    tokens: left('tokens') ?? (isAgent ? usual : 0),
    costUsd: left('costUsd') ?? (isAgent ? price : 0),
  }
}

/** An attempt is on its way: what it may need is set aside. */
export function openFlight(books: Books, one: Seen): void {
  const { id } = one.instance
  const purse = { flight: none(), expected: expectationOf(books, one), kept: reserveLeft(books, id) }
  Object.assign(purseOf(books, id), purse)
}

/** What a running attempt may still need of a budget: of the run's it uses first what is reserved for it. */
export function setAside(books: Books, { id }: Account, one: Seen, unit: Unit): number {
  const { expected, flight, kept } = purseOf(books, one.instance.id)
  return Math.max(0, expected[unit] - Math.max(flight[unit], id === null ? kept[unit] : 0))
}

/** Books what an attempt says it has used by now; what it does not say stays as it was. */
export function book(books: Books, one: Seen, { usage, costUsd }: Accounting): void {
  const { id } = one.instance
  const purse = purseOf(books, id)
  const known = {
    tokens: usage === null ? purse.flight.tokens : totalTokens(usage),
    costUsd: costUsd ?? purse.flight.costUsd,
  }
  for (const { spent } of [purse, ...accountsOf(books, id)])
    for (const unit of units) spent[unit] += known[unit] - purse.flight[unit]
  purse.flight = known
}

/** What others have spent of the run's budget is now this much. */
export function carry(books: Books, earlier: EarlierSpending): Account | undefined {
  const account = accountFor(books, null, books.world.plan.budget)
  if (account === undefined) return undefined
  for (const unit of units) account.spent[unit] += earlier[unit] - (account.carried?.[unit] ?? 0)
  account.carried = earlier
  return account
}

/** Whether more may have been spent than the books say. */
export function isLowerBound({ carried, uncounted }: Account, unit: Unit): boolean {
  return uncounted[unit] || carried?.unknown !== undefined || carried?.atLeast[unit] === true
}

/** After the last figures of an attempt: nothing is set aside for it any more, and the run has one more example. */
export function closeFlight(books: Books, one: Seen, { usage, costUsd, partial }: Accounting): void {
  const { id } = one.instance
  Object.assign(purseOf(books, id), { flight: none(), expected: none(), kept: none() })
  const { history } = books
  // What was restored tells nothing of what the others will need.
  const isAgent = processOf(one).pool === 'agents' && one.restored !== one.attempt
  if (isAgent && usage !== null) {
    history.attempts++
    history.tokens += totalTokens(usage)
  }
  if (isAgent && costUsd !== null) {
    history.priced++
    history.costUsd += costUsd
  }
  for (const account of accountsOf(books, id)) {
    const { budget, uncounted } = account
    uncounted.tokens ||= partial || usage === null
    uncounted.costUsd ||= partial || costUsd === null
    if (
      partial ||
      (budget.tokens !== undefined && usage === null) ||
      (budget.costUsd !== undefined && costUsd === null)
    )
      account.unknown = true
  }
}

/** No tokens and no dollars. */
export function none(): Amount {
  return { tokens: 0, costUsd: 0 }
}

function accountFor({ accounts }: Books, id: string | null, budget: Budget | undefined): Account | undefined {
  if (budget !== undefined && !accounts.has(id))
    accounts.set(id, {
      id,
      budget,
      spent: none(),
      carried: undefined,
      uncounted: { tokens: false, costUsd: false },
      unknown: false,
    })
  return accounts.get(id)
}

function budgetOf(instance: Seen['instance']): Budget | undefined {
  return instance.kind === 'group' ? instance.budget : instance.kind === 'process' ? instance.process.budget : undefined
}

function ownerOf(world: World, id: string): string | undefined {
  const { budget, reserve } = world.plan
  if (budget === undefined) return undefined
  return chainOf(world, id)
    .map(({ instance }) => instance.id)
    .find((each) => Object.hasOwn(reserve, each))
}

function leftOf({ world, purses }: Books, owner: string): Amount {
  const one = world.seen.get(owner)
  const left = none()
  if (one === undefined || one.ended !== undefined) return left
  const members = [...purses].filter(([id]) => ownerOf(world, id) === owner)
  for (const unit of units) {
    const spent = members.reduce((sum, [, purse]) => sum + purse.spent[unit], 0)
    left[unit] = Math.max(0, (world.plan.reserve[owner]?.[unit] ?? 0) - spent)
  }
  return left
}
