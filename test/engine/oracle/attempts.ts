import { unchanged } from '../random-plan.ts'
import type { InstanceEnded, InstanceRetrying } from '../../../src/core/event.ts'
import type { Failure } from '../../../src/core/failure.ts'
import type { RetryPolicy } from '../../../src/core/instance.ts'
import { condition, isOver, isUnneeded, verdict } from './edges.ts'
import { processOf, providerOf, runtimeOf, type Seen, type World } from './world.ts'

/** What is wrong with trying again like this. `exhausted`: a budget lets the instance start nothing more. */
export function* wrongRetry(world: World, one: Seen, event: InstanceRetrying, exhausted: boolean): Generator<string> {
  const { now } = world
  const { retry, fallback } = processOf(one)
  const { lastFailure, awaiting } = one
  if (one.ended !== undefined || one.running) yield 'although it runs, or has ended'
  if (event.attempt !== one.attempt + 1) yield `as attempt ${event.attempt} after ${one.attempt}`
  if (isOver(world, one) || one.stopAsked) yield 'although it was to stop'
  if (event.fallback !== undefined) {
    if (event.fallback !== one.fallback + 1 || event.fallback >= fallback.length)
      yield `with fallback ${event.fallback}`
    if (awaiting && isRetriable(one)) yield 'with a fallback before its attempts are used up'
    if (!awaiting && !providerOf(world, runtimeOf(one)).open) yield 'with a fallback without need'
    if (event.dueAt !== now) yield 'with a fallback, and waits'
    return
  }
  if (!awaiting || lastFailure === null || lastFailure === undefined) return yield 'without a failure'
  if (exhausted) yield 'beyond a budget'
  if (lastFailure.kind === 'lost') {
    if (event.dueAt !== now) yield 'after it was lost, and waits'
    return
  }
  if (!isRetriable(one)) yield 'beyond its policy'
  const asked = 'retryAfterMs' in lastFailure ? (lastFailure.retryAfterMs ?? 0) : 0
  const ceiling = Math.max(asked, Math.min(retry.maxBackoffMs, retry.backoffMs * 2 ** (one.tries - 1)))
  if (event.dueAt < now + asked || event.dueAt > now + ceiling + 1) yield `in ${event.dueAt - now} ms`
}

/** What is wrong with an end that follows an attempt, or none. */
export function* wrongEnd(world: World, one: Seen, event: InstanceEnded, exhausted: boolean): Generator<string> {
  const { instance, lastFailure, awaiting } = one
  if (instance.kind !== 'process') return
  const { fallback } = instance
  if (one.running) yield 'while it runs'
  if (event.reason === 'condition' && event.result === 'skipped' && condition(world, instance) !== false)
    yield 'for a condition that holds'
  if (event.reason === 'paths' && instance.paths?.filters[0] !== unchanged.filters[0])
    yield 'although its paths changed'
  if (event.outcome === 'success' && !(awaiting && lastFailure === null)) yield 'well without a successful attempt'
  if (awaiting && lastFailure === null && event.outcome !== 'success') yield 'badly after a success'
  const budgetKilled =
    lastFailure?.kind === 'budget' || (lastFailure?.kind === 'cancelled' && lastFailure.cause === 'budget')
  if (event.reason === 'budget' && !exhausted && !(awaiting && budgetKilled)) yield 'for a budget that is not used up'
  if (event.reason === 'not-needed' && !isUnneeded(world, one, true)) yield 'as not needed although it is'
  const { open, resetAt } = providerOf(world, runtimeOf(one))
  if (['quota', 'auth'].includes(event.reason) && !awaiting && (!open || resetAt <= world.now))
    yield 'for a circuit that is closed, or should be'
  const replaced = event.detail.startsWith('replaced by')
  if (event.outcome === 'cancelled' && world.ending === 1 && !awaiting && !replaced && !isOver(world, one))
    if (verdict(world, instance) === 'go' && (!one.fresh || condition(world, instance) === true))
      yield 'although it cleans up'
  const mayGoOn = !one.stopAsked && !isOver(world, one)
  if (!awaiting || lastFailure === null || lastFailure === undefined || !mayGoOn || exhausted) return
  if (lastFailure.kind === 'cancelled' || lastFailure.kind === 'budget') return
  if (isRetriable(one)) yield 'with attempts left'
  if (one.fallback + 1 < fallback.length) yield 'with a fallback left'
}

/** Whether the policy allows another attempt after the last failure; a lost one always has another. */
function isRetriable(one: Seen): boolean {
  const { lastFailure, tries } = one
  const { retry } = processOf(one)
  if (lastFailure === null || lastFailure === undefined) return false
  if (lastFailure.kind === 'lost') return true
  return tries < retry.attempts && classesOf(lastFailure).some((name) => retry.on.includes(name))
}

/** `retry.on`, as documented. */
function classesOf(failure: Failure): RetryPolicy['on'] {
  switch (failure.kind) {
    case 'rate-limit':
    case 'overloaded':
    case 'timeout':
    case 'no-output':
    case 'invalid-output':
      return [failure.kind]
    case 'exit':
    case 'denied':
      return ['failure']
    case 'signal':
    case 'limit':
      return ['crash']
    case 'crash':
      return failure.beforeOutput === true ? ['crash', 'crash-before-output'] : ['crash']
    case 'spawn':
      return failure.code === 'EAGAIN' ? ['crash', 'crash-before-output'] : []
    default:
      return []
  }
}
