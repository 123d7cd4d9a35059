import type { BudgetCrossed, RunEvent, Stamped } from '../../../src/core/event.ts'
import type { Budget } from '../../../src/core/instance.ts'
import { totalTokens, type Accounting } from '../../../src/core/usage.ts'
import { chainOf, processOf, running, type Seen, type World } from './world.ts'

const units = ['tokens', 'costUsd'] as const
type Unit = (typeof units)[number]
type Amount = Record<Unit, number>

/** What an agent is assumed to need when nothing else is known, as documented. */
const usualTokens = 20_000
/** Sums of averages are not exact: what is as close as this may go either way. */
const epsilon = 1e-6

/** What an instance has spent, and what its running attempt has and may. */
interface Purse {
  readonly spent: Amount
  flight: Amount
  expected: Amount
  kept: Amount
  /** Its attempt was let in by the reserve, whatever the run's budget said. */
  onReserve: boolean
}

/** A limit from the moment it was reached: who was in flight then, and by how much that may exceed it. */
interface Crossing {
  readonly inFlight: ReadonlySet<string>
  allowed: number
}

/** A budget as the plan declares it and what was spent of it. */
interface Account {
  readonly id: string | null
  readonly budget: Budget
  readonly spent: Amount
  readonly crossings: Map<Unit, Crossing>
  /** By a charge, so that the crossing has to be recorded. */
  reached: boolean
  warnings: number
  exceedings: number
  unknown: boolean
  toldUnknown: boolean
  overshoot: string
}

/** Keeps its own books of every budget, from accountings alone, and says what the rules make of them. */
export type Budgets = ReturnType<typeof createBudgets>

/** Books of which nothing is known yet. */
export function createBudgets(world: World, problem: (what: string) => void) {
  const accounts = new Map<string | null, Account>()
  const purses = new Map<string, Purse>()
  const history = {
    agents: { attempts: 0, tokens: 0, priced: 0, costUsd: 0 },
    commands: { attempts: 0, tokens: 0, priced: 0, costUsd: 0 },
  }
  const { plan, seen } = world

  const purseOf = (id: string): Purse => {
    let purse = purses.get(id)
    if (purse === undefined) {
      purse = { spent: none(), flight: none(), expected: none(), kept: none(), onReserve: false }
      purses.set(id, purse)
    }
    return purse
  }

  const accountOf = (id: string | null, budget: Budget | undefined): Account[] => {
    if (budget === undefined) return []
    let account = accounts.get(id)
    if (account === undefined) {
      const counts = { warnings: 0, exceedings: 0, unknown: false, toldUnknown: false, reached: false, overshoot: '' }
      account = { id, budget, spent: none(), crossings: new Map(), ...counts }
      accounts.set(id, account)
    }
    return [account]
  }

  /** What an instance spends from: its own budget, those of the groups around it, the run's. */
  const accountsOf = (id: string): Account[] => [
    ...chainOf(world, id).flatMap(({ instance }) =>
      accountOf(instance.id, instance.kind === 'process' ? instance.process.budget : budgetOf(instance)),
    ),
    ...accountOf(null, plan.budget),
  ]

  const draws = (one: Seen, account: Account): boolean => accountsOf(one.instance.id).includes(account)

  /** Who the plan reserves a part for: the instance, or a group around it. */
  const ownerOf = (id: string): string | undefined =>
    plan.budget === undefined
      ? undefined
      : chainOf(world, id)
          .map(({ instance }) => instance.id)
          .find((each) => Object.hasOwn(plan.reserve, each))

  /** What is left of a reserved part: none of it once its owner has ended. */
  const leftOf = (owner: string, unit: Unit): number => {
    const one = seen.get(owner)
    if (one === undefined || one.ended !== undefined) return 0
    let spent = 0
    for (const [id, purse] of purses) if (ownerOf(id) === owner) spent += purse.spent[unit]
    return Math.max(0, (plan.reserve[owner]?.[unit] ?? 0) - spent)
  }

  const hasReserve = (id: string): boolean => {
    const owner = ownerOf(id)
    return owner !== undefined && units.some((unit) => leftOf(owner, unit) > 0)
  }

  /** What those without a reserved part may spend. */
  const limitOf = ({ id, budget }: Account, unit: Unit): number => {
    let limit = budget[unit] ?? Infinity
    if (id === null) for (const owner of Object.keys(plan.reserve)) limit -= leftOf(owner, unit)
    return limit
  }

  const overOf = (account: Account, unit: Unit): number => account.spent[unit] - limitOf(account, unit)
  const isUsedUp = (account: Account): boolean => units.some((unit) => overOf(account, unit) >= 0)
  const mayExceed = (one: Seen, account: Account): boolean => account.id === null && hasReserve(one.instance.id)

  const expectationOf = (one: Seen): Amount => {
    const { pool, process } = processOf(one)
    const { attempts, tokens, priced, costUsd } = history[pool]
    const usual = pool === 'agents' ? usualTokens : 0
    return {
      tokens: process.budget?.tokens ?? (attempts === 0 ? usual : tokens / attempts),
      costUsd: process.budget?.costUsd ?? (priced === 0 ? 0 : costUsd / priced),
    }
  }

  /** By the documented rule; `close` where rounding decides. */
  const admissionTo = (account: Account, one: Seen): 'now' | 'later' | 'never' | 'close' => {
    if (account.budget.onExceeded === 'warn' || mayExceed(one, account)) return 'now'
    if (isUsedUp(account)) return 'never'
    const others = running(world).filter((other) => draws(other, account))
    if (!others.some((other) => processOf(other).pool === 'agents')) return 'now'
    const need = expectationOf(one)
    const beyond = units.map((unit) => {
      if (need[unit] === 0) return -Infinity
      const set = others.map(({ instance: { id } }) => {
        const { expected, flight, kept } = purseOf(id)
        return rest(expected[unit], Math.max(flight[unit], account.id === null ? kept[unit] : 0))
      })
      return account.spent[unit] + sum(set) + need[unit] - limitOf(account, unit)
    })
    const most = Math.max(...beyond)
    return Math.abs(most) < epsilon ? 'close' : most > 0 ? 'later' : 'now'
  }

  const admissions = (one: Seen) => accountsOf(one.instance.id).map((account) => admissionTo(account, one))

  /** The strictest of all its budgets. */
  const admission = (one: Seen): 'now' | 'later' | 'never' | 'close' => {
    const all = admissions(one)
    return (['never', 'later', 'close'] as const).find((word) => all.includes(word)) ?? 'now'
  }

  /** Follows each limit over its edge; `by` is the attempt whose charge may have done it, `delta` the charge. */
  const follow = (account: Account, by?: string, delta?: Amount, beyond?: Amount): void => {
    if (account.budget.onExceeded === 'warn') return
    for (const unit of units) {
      const over = overOf(account, unit)
      const crossing = account.crossings.get(unit)
      if (over < 0) account.crossings.delete(unit)
      else if (crossing === undefined) {
        const inFlight = new Set(
          running(world)
            .filter((one) => draws(one, account))
            .map(flightOf),
        )
        if (by !== undefined) inFlight.add(by)
        account.crossings.set(unit, { inFlight, allowed: over })
        if (by !== undefined) account.reached = true
      } else if (by === undefined) crossing.allowed = Math.max(crossing.allowed, over)
      else {
        if (crossing.inFlight.has(by)) crossing.allowed += delta?.[unit] ?? 0
        else crossing.allowed += beyond?.[unit] ?? 0
        if (over > crossing.allowed + epsilon)
          problem(`${nameOf(account)} is overshot by ${over} ${unit}, in flight were ${crossing.allowed}`)
      }
    }
  }

  const charge = (one: Seen, accounting: Accounting): void => {
    const { id } = one.instance
    const purse = purseOf(id)
    const owner = ownerOf(id)
    const { flight } = purse
    const known = {
      tokens: accounting.usage === null ? flight.tokens : totalTokens(accounting.usage),
      costUsd: accounting.costUsd ?? flight.costUsd,
    }
    const delta = none()
    const beyond = none()
    for (const unit of units) {
      const left = owner === undefined ? 0 : leftOf(owner, unit)
      delta[unit] = known[unit] - flight[unit]
      purse.spent[unit] += delta[unit]
      if (purse.onReserve && owner !== undefined) beyond[unit] = delta[unit] - (left - leftOf(owner, unit))
    }
    purse.flight = known
    for (const account of accountsOf(id)) {
      for (const unit of units) account.spent[unit] += delta[unit]
      follow(account, flightOf(one), delta, account.id === null ? beyond : none())
    }
  }

  const spend = (one: Seen, accounting: Accounting, ended: boolean): void => {
    charge(one, accounting)
    if (!ended) return
    const purse = purseOf(one.instance.id)
    purse.flight = none()
    purse.expected = none()
    purse.kept = none()
    purse.onReserve = false
    const { usage, costUsd } = accounting
    const average = history[processOf(one).pool]
    if (usage !== null)
      Object.assign(average, { attempts: average.attempts + 1, tokens: average.tokens + totalTokens(usage) })
    if (costUsd !== null) Object.assign(average, { priced: average.priced + 1, costUsd: average.costUsd + costUsd })
    for (const account of accountsOf(one.instance.id)) {
      const { budget } = account
      if ((budget.tokens !== undefined && usage === null) || (budget.costUsd !== undefined && costUsd === null))
        account.unknown = true
    }
  }

  const checkCrossing = (event: BudgetCrossed): void => {
    const account = accounts.get(event.scope)
    if (account === undefined) return problem(`no budget of ${event.scope} is known, and it has a ${event.type}`)
    const say = (what: string): void => problem(`${event.type} of ${nameOf(account)} ${what}`)
    if (event.tokens !== account.spent.tokens) say(`tells ${event.tokens} tokens, not ${account.spent.tokens}`)
    if (event.costUsd !== null && Math.abs(event.costUsd - account.spent.costUsd) > epsilon)
      say(`tells $${event.costUsd}, not ${account.spent.costUsd}`)
    if (event.action !== account.budget.onExceeded) say(`tells ${event.action}`)
    if ((event.type === 'budget.warned' ? account.warnings : account.exceedings) > 0) say('is repeated')
    if (!(event.type === 'budget.warned' ? isNear(account) : isUsedUp(account))) say('comes too early')
  }

  const isNear = ({ budget, spent }: Account): boolean =>
    units.some((unit) => spent[unit] >= (budget[unit] ?? Infinity) * budget.warnAt)

  /** Whether a budget has run attempts killed once it is used up: `cancel`, and any but `warn` of a single instance. */
  const kills = ({ id, budget }: Account): boolean =>
    budget.onExceeded === 'cancel' || (budget.onExceeded === 'stop' && seen.get(id ?? '')?.instance.kind === 'process')

  const mustDie = (one: Seen): boolean =>
    accountsOf(one.instance.id).some(
      (account) => kills(account) && account.exceedings > 0 && isUsedUp(account) && !mayExceed(one, account),
    )

  return {
    admission,
    /** Whether it may wait for what runs, whatever else is used up. */
    mayWait: (one: Seen): boolean => admissions(one).some((word) => word === 'later' || word === 'close'),
    checkCrossing,
    mustDie,
    /** An attempt is on its way: what it is expected to need is set aside, the part reserved for it left out. */
    start(one: Seen): void {
      const { id } = one.instance
      const purse = purseOf(id)
      const owner = ownerOf(id)
      purse.onReserve = hasReserve(id)
      purse.flight = none()
      purse.expected = expectationOf(one)
      for (const unit of units) purse.kept[unit] = owner === undefined ? 0 : leftOf(owner, unit)
    },
    /** Takes an event into account that the world has taken in already. */
    take(event: Stamped): void {
      if (event.type === 'attempt.progress') {
        const one = seen.get(event.id)
        if (one?.running === true && one.attempt === event.attempt) spend(one, event.accounting, false)
      } else if (event.type === 'attempt.ended') {
        const one = seen.get(event.id)
        if (one !== undefined) spend(one, event.accounting, true)
      } else if (event.type === 'budget.warned' || event.type === 'budget.exceeded') {
        const account = accounts.get(event.scope)
        if (account !== undefined) account[event.type === 'budget.warned' ? 'warnings' : 'exceedings']++
      } else if (event.type === 'instance.ended' || event.type === 'run.resumed') {
        for (const account of accounts.values()) follow(account)
        if (event.type === 'run.resumed') for (const account of accounts.values()) account.overshoot = ''
      } else if (event.type === 'notice') takeNotice(event, accounts)
    },
    /** Everything that follows from the last event has been recorded. */
    settled(): void {
      for (const account of accounts.values()) {
        if (account.reached && account.exceedings === 0) problem(`${nameOf(account)} is used up and nothing says so`)
        if (isNear(account) && account.warnings + account.exceedings === 0)
          problem(`${nameOf(account)} is nearly used up and nothing says so`)
      }
    },
    /** The run is over: what was told of budgets is what the books say. */
    close(): void {
      for (const account of accounts.values()) {
        const expected = overshootOf(account)
        if (account.overshoot !== expected)
          problem(`${nameOf(account)} was overshot: told "${account.overshoot}", true "${expected}"`)
        if (account.unknown !== account.toldUnknown)
          problem(`${nameOf(account)} ${account.unknown ? 'cannot be counted, untold' : 'is told to be uncountable'}`)
      }
    },
  }
}

function takeNotice({ message }: Extract<RunEvent, { type: 'notice' }>, accounts: Map<string | null, Account>): void {
  for (const account of accounts.values()) {
    const prefix = `${nameOf(account)} was overshot: `
    if (message.startsWith(prefix)) account.overshoot += message.slice(prefix.length)
    if (message.endsWith(`: ${nameOf(account)} cannot count it`)) account.toldUnknown = true
  }
}

/** As the notice at the end tells it. */
function overshootOf({ budget, spent }: Account): string {
  const over: string[] = []
  if (spent.tokens > (budget.tokens ?? Infinity))
    over.push(`${spent.tokens - (budget.tokens ?? 0)} tokens over ${budget.tokens}`)
  if (spent.costUsd > (budget.costUsd ?? Infinity))
    over.push(`$${(spent.costUsd - (budget.costUsd ?? 0)).toFixed(4)} over $${budget.costUsd}`)
  if (over.length === 0) return ''
  return `${over.join(', ')}${budget.onExceeded === 'warn' ? '' : ', by what was in flight when it was used up'}`
}

function nameOf({ id }: Account): string {
  return `the budget of ${id ?? 'the run'}`
}

function flightOf({ instance, attempt }: Seen): string {
  return `${instance.id} ${attempt}`
}

function none(): Amount {
  return { tokens: 0, costUsd: 0 }
}

function rest(whole: number, part: number): number {
  return Math.max(0, whole - part)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function budgetOf(instance: Seen['instance']): Budget | undefined {
  return instance.kind === 'group' ? instance.budget : undefined
}
