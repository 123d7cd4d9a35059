import type { AttemptEnded, ProviderThrottled, Stamped } from '../core/event.ts'
import { record, type Decision } from './decision.ts'
import { pushHeap } from '../core/heap.ts'
import type { Node, Provider } from './node.ts'
import { providerOf } from './occupancy.ts'
import type { Progress } from './progress.ts'
import { explainFailure, formatTime } from './reasons.ts'

/** Refusals in a row, for want of quota or of a valid key, after which a provider is not asked again. */
const denialLimit = 3

/**
 * Learns from how an attempt ended what its provider can bear.
 *
 * - The limit on parallel attempts follows AIMD: a refusal (429, 529) halves it, but not below what the provider goes on
 *   serving; as many successes as the limit raise it by one. Refusals of attempts that were under way when the limit was lowered
 *   belong to the same halving.
 * - The cool-down, in which nothing of the provider starts, is as long as it asked for. When it did not say, it is a pause that grows
 *   with each refusal in a row, and only where nothing of it runs: while it serves others, the limit keeps the rest away.
 * - Before a limit is known, `spacingMs` between starts lets the first refusals come before the last of many have started,
 *   and an attempt that is refused while others run gives way (`givesWay`) instead of asking again by itself.
 */
export function observeAttempt(progress: Progress, node: Node, event: Stamped<AttemptEnded>): void {
  const { provider, instance } = node
  if (instance.kind !== 'process' || instance.pool !== 'agents' || provider === undefined) return
  const { failure } = event
  if (failure === null) return recover(progress, provider)
  if (failure.kind === 'quota' || failure.kind === 'auth') {
    provider.denials++
    provider.denied = failure.kind
    if (provider.open !== undefined) return
    if (failure.kind === 'quota' && failure.resetAt !== undefined) provider.resetAt = failure.resetAt
    provider.why = explainFailure(failure)
    progress.work.providers.add(provider)
    return
  }
  if (failure.kind !== 'rate-limit' && failure.kind !== 'overloaded') return
  if (node.startedAt > provider.windowAt) {
    provider.windowAt = event.at
    provider.windowLimit = Math.min(provider.limit, provider.running + 1)
    provider.refusals++
  }
  const wide = provider.windowLimit
  const lowered = Math.max(1, Math.floor(wide / 2), Math.min(provider.running, wide - 1))
  const { backoffMs, maxBackoffMs } = instance.retry
  const asked = failure.retryAfterMs
  provider.pending = {
    limit: Math.min(provider.limit, provider.pending?.limit ?? lowered, lowered),
    retryAfterMs: Math.max(asked ?? 0, provider.pending?.retryAfterMs ?? 0),
    ceilingMs: Math.min(maxBackoffMs, backoffMs * 2 ** (provider.refusals - 1)),
  }
  provider.why = explainFailure(failure)
  provider.successes = 0
  progress.work.providers.add(provider)
}

/** Records what the newest refusals mean for the providers concerned. */
export function throttleProviders(decision: Decision): void {
  const { progress, now } = decision
  for (const provider of progress.work.providers) {
    const { pending, denied, resetAt, why } = provider
    const { open } = provider
    const opens = provider.denials >= denialLimit && open === undefined && denied !== undefined
    if (opens)
      record(decision, {
        type: 'provider.throttled',
        provider: provider.name,
        limit: 0,
        until: denied === 'quota' ? (resetAt ?? 0) : 0,
        open: true,
        why: `${denialLimit} times in a row: ${why}`,
      })
    else if (open !== undefined) {
      if (resetAt !== undefined && resetAt <= now)
        record(decision, {
          type: 'provider.throttled',
          provider: provider.name,
          limit: 1,
          until: now,
          open: false,
          why: `its quota resets at ${formatTime(resetAt)}`,
        })
    } else if (pending !== undefined) {
      const pause = pauseOf(provider, pending, progress.options.random())
      record(decision, {
        type: 'provider.throttled',
        provider: provider.name,
        limit: pending.limit,
        until: Math.max(provider.until, now + pause),
        open: false,
        why,
      })
    }
  }
  progress.work.providers.clear()
}

/**
 * Puts a recorded throttling into force. An open circuit is looked at again at the time its provider named: then one attempt may
 * ask, and the circuit opens again if that one is refused. Nothing waits for it: what is ready meanwhile ends, or falls back.
 */
export function applyThrottle(progress: Progress, event: Stamped<ProviderThrottled>): void {
  const provider = providerOf(progress, event.provider)
  provider.pending = undefined
  provider.why = event.why
  progress.work.freed.add(provider)
  if (event.open) {
    provider.open = provider.denied ?? 'quota'
    provider.resetAt = event.until > event.at ? event.until : undefined
    if (provider.resetAt !== undefined) pushHeap(progress.timers, { at: provider.resetAt, target: provider })
    return
  }
  if (provider.open !== undefined) {
    provider.open = undefined
    provider.denials = denialLimit - 1
  }
  provider.limit = event.limit
  provider.until = event.until
  pushHeap(progress.timers, { at: event.until, target: provider })
}

/** After a resume: who had no quota may have it now. */
export function closeCircuits(progress: Progress): void {
  for (const provider of progress.providers.values()) {
    provider.open = undefined
    provider.denials = 0
    provider.resetAt = undefined
  }
}

/** Why nothing of a provider starts any more. */
export function explainCircuit({ name, why, resetAt }: Provider): string {
  const reset = resetAt === undefined ? '' : `; resets at ${formatTime(resetAt)}`
  return `${name} is paused (${why})${reset}`
}

function recover(progress: Progress, provider: Provider): void {
  provider.denials = 0
  provider.refusals = 0
  if (++provider.successes < provider.limit) return
  provider.successes = 0
  provider.limit++
  progress.work.freed.add(provider)
}

function pauseOf({ running }: Provider, pending: NonNullable<Provider['pending']>, random: number): number {
  if (pending.retryAfterMs > 0) return pending.retryAfterMs
  return running > 0 ? 0 : jitter(pending.ceilingMs, random)
}

/** Between half of the ceiling and all of it: a pause for all has no herd to break up, the instances' own backoffs do that. */
function jitter(ceilingMs: number, random: number): number {
  return Math.round(ceilingMs * (0.5 + random / 2))
}
