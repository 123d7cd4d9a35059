import type { BudgetCrossed } from '../../../src/core/earlier-spending.ts'
import type { Noticed, Stamped } from '../../../src/core/event.ts'
import type { Accounting } from '../../../src/core/usage.ts'
import {
  accountsOf,
  book,
  carry,
  closeFlight,
  createBooks,
  expectationOf,
  isLowerBound,
  openFlight,
  overOf,
  reserveLeft,
  setAside,
  units,
  type Account,
  type Unit,
} from './books.ts'
import { processOf, running, type Seen, type World } from './world.ts'

/** Whether a budget lets an instance start: at once, after something in flight has ended, not at all; `close` where rounding decides. */
export type Admission = 'now' | 'later' | 'never' | 'close'

/** Sums of averages are not exact. */
const epsilon = 1e-6

/** Who was in flight when a limit was reached, and by how much what they have used since may exceed it. */
interface Crossing {
  readonly inFlight: ReadonlySet<string>
  allowed: number
}

/** What has become of a budget, and what was said of it. */
interface Watched {
  readonly crossings: Map<Unit, Crossing>
  /** The figures of an attempt brought it to its limit: that has to be recorded. */
  reached: boolean
  warnings: number
  exceedings: number
  toldUnknown: boolean
  toldOvershoot: string
}

/** The documented rules of budgets, over books of its own. */
export type Budgets = ReturnType<typeof createBudgets>

/** Watches the budgets of a run. */
export function createBudgets(world: World, problem: (what: string) => void) {
  const books = createBooks(world)
  const watched = new Map<Account, Watched>()
  /** Attempts that a reserved part let start, whatever the run's budget said. */
  const onReserve = new Set<string>()
  /** Attempts of an earlier process: when they were asked to start the journal does not tell. */
  const recalled = new Set<string>()

  const watchedOf = (account: Account): Watched => {
    let found = watched.get(account)
    if (found === undefined) {
      const told = { warnings: 0, exceedings: 0, toldUnknown: false, toldOvershoot: '' }
      found = { crossings: new Map(), reached: false, ...told }
      watched.set(account, found)
    }
    return found
  }

  const accounts = (one: Seen): Account[] => accountsOf(books, one.instance.id)
  const isUsedUp = (account: Account): boolean => units.some((unit) => overOf(books, account, unit) >= 0)
  const hasReserve = (one: Seen): boolean => units.some((unit) => reserveLeft(books, one.instance.id)[unit] > 0)
  const mayExceed = (one: Seen, account: Account): boolean => account.id === null && hasReserve(one)

  const admissionTo = (account: Account, one: Seen): Admission => {
    if (account.budget.onExceeded === 'warn' || mayExceed(one, account)) return 'now'
    if (isUsedUp(account)) return 'never'
    const others = running(world).filter((other) => accounts(other).includes(account))
    if (!others.some((other) => processOf(other).pool === 'agents')) return 'now'
    const need = expectationOf(books, one)
    const beyond = units.map((unit) => {
      const aside = others.reduce((sum, other) => sum + setAside(books, account, other, unit), 0)
      return need[unit] === 0 ? -Infinity : overOf(books, account, unit) + aside + need[unit]
    })
    const most = Math.max(...beyond)
    return Math.abs(most) < epsilon ? 'close' : most > 0 ? 'later' : 'now'
  }

  const admissions = (one: Seen): Admission[] => accounts(one).map((account) => admissionTo(account, one))

  /** Follows a limit over its edge. Beyond it only what was in flight then, or was let start by a reserved part, may go on. */
  const follow = (account: Account, unit: Unit, before: number, by?: Seen): void => {
    const { crossings } = watchedOf(account)
    const over = overOf(books, account, unit)
    const crossing = crossings.get(unit)
    if (over < 0) crossings.delete(unit)
    else if (crossing === undefined) {
      const inFlight = running(world).filter((one) => accounts(one).includes(account))
      if (by !== undefined) inFlight.push(by)
      crossings.set(unit, { inFlight: new Set(inFlight.map(flightOf)), allowed: over })
      if (by !== undefined) watchedOf(account).reached = true
    } else if (by === undefined) crossing.allowed = Math.max(crossing.allowed, over)
    else {
      const flight = flightOf(by)
      const reserved = account.id === null && onReserve.has(flight)
      if (crossing.inFlight.has(flight) || reserved || recalled.has(flight)) crossing.allowed += over - before
      if (over > crossing.allowed + epsilon && account.budget.onExceeded !== 'warn')
        problem(`${nameOf(account)} is overshot by ${over} ${unit}, of which ${crossing.allowed} were in flight`)
    }
  }

  const spend = (one: Seen, accounting: Accounting): void => {
    const before = accounts(one).map((account) => units.map((unit) => overOf(books, account, unit)))
    book(books, one, accounting)
    for (const [index, account] of accounts(one).entries())
      for (const [at, unit] of units.entries()) follow(account, unit, before[index]?.[at] ?? 0, one)
  }

  const isNear = ({ budget, spent }: Account): boolean =>
    units.some((unit) => spent[unit] >= (budget[unit] ?? Infinity) * budget.warnAt)

  /** `cancel` kills; so does the budget of a single instance, unless it only warns. */
  const kills = ({ id, budget }: Account): boolean =>
    budget.onExceeded === 'cancel' ||
    (budget.onExceeded === 'stop' && world.seen.get(id ?? '')?.instance.kind === 'process')

  const takeNotice = ({ message }: Noticed, by: 'us' | 'earlier'): void => {
    for (const [account, told] of watched) {
      const prefix = `${nameOf(account)} was overshot: `
      if (message.startsWith(prefix)) told.toldOvershoot += message.slice(prefix.length)
      const ways = ['does not include it', 'includes that part']
      if (!ways.some((way) => message.endsWith(`; ${nameOf(account)} ${way}`))) continue
      told.toldUnknown = true
      // Of a damaged journal the attempt that it tells of may be lost.
      if (by === 'earlier') account.unknown = true
    }
  }

  return {
    /** What the strictest budget of an instance says. */
    admission(one: Seen): Admission {
      const all = admissions(one)
      return (['never', 'later', 'close'] as const).find((word) => all.includes(word)) ?? 'now'
    },
    /** Whether an instance may wait for what runs, whatever else is used up. */
    mayWait: (one: Seen): boolean => admissions(one).some((word) => word === 'later' || word === 'close'),
    /** Whether a used-up budget has the running attempt of an instance killed. */
    mustDie: (one: Seen): boolean =>
      accounts(one).some(
        (account) =>
          kills(account) && watchedOf(account).exceedings > 0 && isUsedUp(account) && !mayExceed(one, account),
      ),
    /** An attempt is asked to start, or was by an earlier process. */
    start(one: Seen, by: 'us' | 'earlier'): void {
      const flight = `${one.instance.id} ${one.attempt + 1}`
      if (hasReserve(one)) onReserve.add(flight)
      if (by === 'earlier') recalled.add(flight)
      openFlight(books, one)
    },
    /** A crossing is decided to be recorded. */
    checkCrossing(event: BudgetCrossed): void {
      const account = books.accounts.get(event.scope)
      if (account === undefined) return problem(`${event.type} of ${event.scope}, which has no budget`)
      const { warnings, exceedings } = watchedOf(account)
      const { tokens } = account.spent
      const costUsd = isLowerBound(account, 'costUsd') ? null : account.spent.costUsd
      const warned = event.type === 'budget.warned'
      const say = (what: string): void => problem(`${event.type} of ${nameOf(account)} ${what}`)
      if (event.tokens !== tokens) say(`tells ${event.tokens} tokens, not ${tokens}`)
      if (event.costUsd !== costUsd) say(`tells $${event.costUsd}, not ${costUsd}`)
      if (event.action !== account.budget.onExceeded) say(`tells ${event.action}`)
      if ((warned ? warnings : exceedings) > 0) say('is repeated')
      if (!(warned ? isNear(account) : isUsedUp(account))) say('comes too early')
    },
    /** Takes an event into account that the world has taken in already. */
    take(event: Stamped, by: 'us' | 'earlier'): void {
      const one = 'id' in event && typeof event.id === 'string' ? world.seen.get(event.id) : undefined
      switch (event.type) {
        case 'run.started':
        case 'budget.carried': {
          const account = event.earlier && carry(books, event.earlier)
          if (account !== undefined) for (const unit of units) follow(account, unit, 0)
          return
        }
        case 'attempt.progress':
          if (one?.running === true && one.attempt === event.attempt) spend(one, event.accounting)
          return
        case 'attempt.ended':
          if (one === undefined) return
          spend(one, event.accounting)
          return closeFlight(books, one, event.accounting)
        case 'budget.warned':
        case 'budget.exceeded': {
          // Of a damaged journal the spending may be lost, and this not.
          for (const { instance } of world.seen.values()) accountsOf(books, instance.id)
          const account = books.accounts.get(event.scope)
          if (account !== undefined) watchedOf(account)[event.type === 'budget.warned' ? 'warnings' : 'exceedings']++
          return
        }
        case 'instance.ended':
        case 'run.resumed':
          for (const [account, told] of watched) {
            for (const unit of units) follow(account, unit, 0)
            if (event.type !== 'run.resumed') continue
            told.toldOvershoot = ''
            // Of a damaged journal what said so may be lost, and what was reserved then be free by now.
            told.reached &&= isUsedUp(account)
          }
          return
        case 'notice':
          return takeNotice(event, by)
        default:
      }
    },
    /** Everything that follows from the last event has been recorded. */
    settled(): void {
      for (const [account, { reached, warnings, exceedings }] of watched) {
        if (reached && exceedings === 0) problem(`${nameOf(account)} is used up and nothing says so`)
        if (isNear(account) && warnings + exceedings === 0)
          problem(`${nameOf(account)} is nearly used up and nothing says so`)
      }
    },
    /** The run is over: what was told of its budgets is what the books say. */
    close(): void {
      for (const [account, { toldOvershoot, toldUnknown }] of watched) {
        const expected = overshootOf(account)
        if (toldOvershoot !== expected)
          problem(`${nameOf(account)} was overshot: told "${toldOvershoot}", true is "${expected}"`)
        if (account.unknown !== toldUnknown)
          problem(`${nameOf(account)} ${toldUnknown ? 'is told to be uncountable' : 'cannot be counted, untold'}`)
      }
    },
  }
}

/** As the notice at the end tells it. */
function overshootOf(account: Account): string {
  const { budget, spent } = account
  const atLeast = (unit: Unit): string => (isLowerBound(account, unit) ? 'at least ' : '')
  const { tokens = Infinity, costUsd = Infinity } = budget
  const over: string[] = []
  if (spent.tokens > tokens) over.push(`${atLeast('tokens')}${spent.tokens - tokens} tokens over ${tokens}`)
  if (spent.costUsd > costUsd)
    over.push(`${atLeast('costUsd')}$${(spent.costUsd - costUsd).toFixed(4)} over $${costUsd}`)
  if (over.length > 0 && budget.onExceeded !== 'warn') over.push('by what was still running when it was used up')
  return over.join(', ')
}

function nameOf({ id, budget }: Account): string {
  return budget.per === undefined ? `the budget of ${id ?? 'the run'}` : `the budget per ${budget.per}`
}

function flightOf({ instance, attempt }: Seen): string {
  return `${instance.id} ${attempt}`
}
