import type { AttemptEnded, InstanceRetrying, RunInterrupted, Stamped } from '../../../src/core/event.ts'
import type { Instance } from '../../../src/core/instance.ts'
import { findReopened, selectionOf } from './edges.ts'
import { inside, processOf, providerOf, runtimeOf, type PrefixSeen, type Seen, type World } from './world.ts'

/** A text; empty where there is none. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Takes an event into account; that an attempt is on its way is told by `begin`. */
export function apply(world: World, event: Stamped): void {
  world.now = event.at
  const { seen } = world
  const one = 'id' in event && typeof event.id === 'string' ? seen.get(event.id) : undefined
  switch (event.type) {
    case 'run.started':
      world.startedAt = event.at
      world.deadline = event.at + (world.plan.timeoutMs ?? Infinity)
      world.only = event.only
      world.sha = textOf(event.context.github['sha'])
      return add(world, event.plan.instances)
    case 'run.resumed':
      return reopen(world, event.only)
    case 'plan.expanded':
      if (event.round !== undefined) world.rounds.set(event.group, event.round)
      return add(world, event.instances)
    case 'run.paused':
      world.paused.add(event.id)
      return
    case 'run.unpaused':
      world.paused.delete(event.id)
      return
    case 'run.interrupted':
      return interrupt(world, event)
    case 'instance.cancelled':
      for (const other of inside(world, event.id)) other.cancelled = true
      return
    case 'provider.throttled': {
      const provider = providerOf(world, event.provider)
      if (event.open) Object.assign(provider, { open: true, resetAt: event.until > event.at ? event.until : Infinity })
      else {
        if (provider.open) provider.denials = 2
        Object.assign(provider, { open: false, limit: event.limit, until: event.until, successes: 0 })
      }
      return
    }
    case 'attempt.progress':
      if (one?.running === true && one.attempt === event.attempt && event.answered) answer(world, one, true)
      return
    case 'instance.restored':
      if (one !== undefined) one.restored = event.attempt
      return
    case 'attempt.ended':
      if (one !== undefined) end(world, one, event)
      return
    case 'instance.retrying':
      if (one !== undefined) retry(one, event)
      return
    case 'instance.ended':
      if (one === undefined) return
      one.ended = event
      one.stands = false
      one.awaiting = false
      if (world.ending > 0 && one.instance.kind === 'gate') one.afterInterrupt = true
      return
    default:
  }
}

/** The next attempt of a node is on its way. */
export function begin(world: World, one: Seen): void {
  one.running = true
  one.restored = undefined
  if (world.ending > 0 && one.fresh) one.afterInterrupt = true
  one.stopAsked = false
  one.fresh = false
  one.attempt++
  const shared = prefixOf(world, one)
  if (shared === undefined || shared.leader !== undefined) return
  if (world.now < shared.warmUntil) shared.warmUntil = world.now + 300_000
  else Object.assign(shared, { leader: one.instance.id, patientUntil: world.now + 30_000 })
}

/** What an instance shares with others; undefined where it falls back. */
export function prefixOf(world: World, one: Seen): PrefixSeen | undefined {
  const { prefix } = processOf(one).process
  if (prefix === undefined || one.fallback >= 0) return undefined
  const known = world.prefixes.get(prefix) ?? { patientUntil: 0, warmUntil: 0 }
  world.prefixes.set(prefix, known)
  return known
}

/** It has answered, or its attempt is over: nobody waits for it any more. */
function answer(world: World, one: Seen, hasAnswered: boolean): void {
  const shared = prefixOf(world, one)
  if (shared?.leader !== one.instance.id) return
  delete shared.leader
  if (hasAnswered) shared.warmUntil = world.now + 300_000
}

function add(world: World, instances: readonly Instance[]): void {
  for (const instance of instances) {
    if (instance.kind === 'group' && instance.repeat !== undefined) world.rounds.set(instance.id, 1)
    world.seen.set(instance.id, {
      instance,
      ended: undefined,
      stands: false,
      running: false,
      stopAsked: false,
      awaiting: false,
      cancelled: false,
      fresh: true,
      afterInterrupt: false,
      attempt: 0,
      tries: 0,
      fallback: -1,
      dueAt: 0,
      lastFailure: undefined,
      restored: undefined,
    })
  }
  world.selected = selectionOf(world)
}

function interrupt(world: World, event: Stamped<RunInterrupted>): void {
  const { how, cleanupMs = Infinity } = event
  const ending = how === 'kill' ? 3 : how === 'stop' || world.ending > 0 ? 2 : 1
  if (ending === 1) world.cleanupBy = event.at + cleanupMs
  world.interrupted ??= event
  if (ending > world.ending) world.ending = ending
}

function end(world: World, one: Seen, { failure, attempt }: AttemptEnded): void {
  if (!one.running) {
    const { restored } = one
    begin(world, one)
    one.restored = restored
  }
  const isRestored = one.restored === attempt
  answer(world, one, failure === null && !isRestored)
  one.running = false
  one.awaiting = true
  one.attempt = attempt
  one.lastFailure = failure
  if (failure?.kind !== 'lost') one.tries++
  if (processOf(one).pool !== 'agents' || isRestored) return
  const provider = providerOf(world, runtimeOf(one))
  if (failure === null) {
    provider.successes++
    provider.denials = 0
  } else if (failure.kind === 'quota' || failure.kind === 'auth') provider.denials++
}

function retry(one: Seen, event: InstanceRetrying): void {
  one.awaiting = false
  one.dueAt = event.dueAt
  if (event.fallback === undefined) return
  one.fallback = event.fallback
  one.tries = 0
}

/** A later process goes on: what did not succeed, or was stopped, has another chance, with all its attempts. */
function reopen(world: World, only: readonly string[] | undefined): void {
  Object.assign(world, { interrupted: undefined, ending: 0, cleanupBy: Infinity })
  world.deadline = world.now + (world.plan.timeoutMs ?? Infinity)
  world.paused.clear()
  for (const provider of world.providers.values()) Object.assign(provider, { open: false, denials: 0 })
  const stopped = [...world.seen.values()].filter((one) => one.awaiting && one.lastFailure?.kind === 'cancelled')
  for (const one of [...findReopened(world, only), ...stopped])
    Object.assign(one, {
      ended: undefined,
      awaiting: false,
      tries: 0,
      fallback: -1,
      dueAt: 0,
      lastFailure: undefined,
      afterInterrupt: false,
    })
  for (const one of world.seen.values()) one.stands = one.ended?.result === 'failure'
  for (const one of world.seen.values()) Object.assign(one, { fresh: true, cancelled: false, stopAsked: false })
}
