import { addUsage, totalTokens, type Usage, zeroUsage } from '../../core/usage.ts'
import type { Served } from './forward.ts'

/** What one model was asked by an attempt. */
export interface ModelShare {
  readonly requests: number
  readonly usage: Usage
  /** Of `usage.cacheWrite`, what is kept for an hour. */
  readonly cacheWrite1h: number
}

/** What went through the proxy for one attempt: an account beside its CLI's own. */
export interface RequestLedger {
  readonly usage: Usage
  /** By the model's id, as the provider says it. */
  readonly models: ReadonlyMap<string, ModelShare>
  /** Requests that a model answered, at least in part. */
  readonly requests: number
  /** Requests of which the cost is not known, or not all of it: they broke off, or their answer does not tell. */
  readonly uncounted: number
}

/** A ledger with nothing in it. */
export const emptyLedger: RequestLedger = { usage: zeroUsage, models: new Map(), requests: 0, uncounted: 0 }

/** The ledger with one more request: a refused one, and one that never reached its provider, cost nothing. */
export function enter(ledger: RequestLedger, { status, count, unreached }: Served): RequestLedger {
  if (unreached || (status !== null && status >= 300)) return ledger
  if (count === undefined || totalTokens(count.usage) === 0)
    return { ...ledger, requests: ledger.requests + (status === null ? 0 : 1), uncounted: ledger.uncounted + 1 }
  const { model, usage, cacheWrite1h, complete } = count
  const known = ledger.models.get(model) ?? { requests: 0, usage: zeroUsage, cacheWrite1h: 0 }
  return {
    usage: addUsage(ledger.usage, usage),
    models: new Map(ledger.models).set(model, {
      requests: known.requests + 1,
      usage: addUsage(known.usage, usage),
      cacheWrite1h: known.cacheWrite1h + cacheWrite1h,
    }),
    requests: ledger.requests + 1,
    uncounted: ledger.uncounted + (complete ? 0 : 1),
  }
}
