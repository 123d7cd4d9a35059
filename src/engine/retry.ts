import type { InstanceRetrying } from '../core/event.ts'
import type { Failure } from '../core/failure.ts'
import type { ProcessInstance, RetryPolicy } from '../core/instance.ts'
import type { Decision } from './decision.ts'
import type { Node } from './node.ts'
import { explainFailure } from './reasons.ts'

/** What `instance.retrying` says beyond whose attempt it is. */
export type NextTry = Pick<InstanceRetrying, 'dueAt' | 'why' | 'fallback'>

/** The next attempt after a failure, by the policy, then by the fallbacks; undefined when there is none. */
export function nextTry(
  { progress, now }: Decision,
  node: Node,
  instance: ProcessInstance,
  failure: Failure,
): NextTry | undefined {
  const why = explainFailure(failure)
  if (failure.kind === 'lost') return { dueAt: now, why }
  if (node.tries < instance.retry.attempts && isRetried(instance.retry, failure))
    return { dueAt: now + delayOf(instance.retry, node.tries, failure, progress.options.random()), why }
  return failure.kind === 'budget' ? undefined : nextFallback(node, instance, now, why)
}

/** The next of `fallback`, at once. */
export function nextFallback(node: Node, instance: ProcessInstance, now: number, why: string): NextTry | undefined {
  const fallback = node.fallback + 1
  return fallback < instance.fallback.length ? { dueAt: now, why, fallback } : undefined
}

/** The classes of a failure, as `retry.on` names them; none for what another attempt cannot mend. */
export function classesOf(failure: Failure): readonly RetryPolicy['on'][number][] {
  switch (failure.kind) {
    case 'rate-limit':
    case 'overloaded':
    case 'timeout':
    case 'no-output':
    case 'invalid-output':
      return [failure.kind]
    case 'crash':
      return failure.beforeOutput === true ? ['crash', 'crash-before-output'] : ['crash']
    case 'signal':
    case 'limit':
      return ['crash']
    case 'spawn':
      return transientSpawnErrors.has(failure.code) ? ['crash', 'crash-before-output'] : []
    case 'exit':
    case 'denied':
    case 'conflict':
      return ['failure']
    default:
      return []
  }
}

/** The machine was short of something that it may have again soon. */
const transientSpawnErrors: ReadonlySet<string> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY'])

/** Exponential backoff with full jitter; never before the time the provider asked for. `tries` counts from 1. */
export function delayOf(policy: RetryPolicy, tries: number, failure: Failure, random: number): number {
  const ceiling = Math.min(policy.maxBackoffMs, policy.backoffMs * 2 ** (tries - 1))
  const asked = failure.kind === 'rate-limit' || failure.kind === 'overloaded' ? (failure.retryAfterMs ?? 0) : 0
  return Math.round(Math.max(asked, random * ceiling))
}

/** Whether an attempt that starts now gives way when it is refused: others of its provider run, and it would be retried. */
export function givesWay({ provider, tries }: Node, { retry }: ProcessInstance): boolean {
  const beside = provider !== undefined && provider.running > 0
  return beside && tries + 1 < retry.attempts && retry.on.includes('rate-limit') && retry.on.includes('overloaded')
}

function isRetried(policy: RetryPolicy, failure: Failure): boolean {
  return classesOf(failure).some((name) => policy.on.includes(name))
}
