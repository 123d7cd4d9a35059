import { type Accounting, knownCost, totalTokens, type Usage } from '../../core/usage.ts'
import type { RequestLedger } from './request-ledger.ts'

/** What an attempt is taken to have used, and what its CLI and the key proxy have against each other. */
export interface HeldAccount {
  readonly accounting: Accounting
  readonly remark?: string
}

const kinds = ['input', 'cacheRead', 'cacheWrite', 'output'] as const

/** As people read them. */
const words: Readonly<Record<(typeof kinds)[number], string>> = {
  input: 'input',
  cacheRead: 'read from the cache',
  cacheWrite: 'written to the cache',
  output: 'output',
}

/**
 * Holds the account of a CLI against what went through the proxy. A ledger that counted every request is right: what a CLI leaves out, or could not
 * say because it was killed, is taken from it, and its cost is then a lower bound. A ledger that did not is a lower bound like any other.
 */
export function holdAccounts(told: Accounting, ledger: RequestLedger): HeldAccount {
  const own = withWrites(told, ledger.usage)
  const { usage } = own
  const counted = ledger.usage
  const isWhole = ledger.uncounted === 0
  if (usage === null) {
    if (totalTokens(counted) === 0 && !isWhole) return { accounting: own }
    return { accounting: withUsage(own, counted, !isWhole) }
  }
  const differing = kinds.filter((kind) => usage[kind] !== counted[kind])
  if (differing.length === 0) return { accounting: own.partial && isWhole ? { ...own, partial: false } : own }
  if (own.partial) return { accounting: isWhole ? withUsage(own, counted, false) : bounded(own, usage, counted) }
  // What the ledger could not count may be just what it has less.
  if (!isWhole && differing.every((kind) => usage[kind] > counted[kind])) return { accounting: own }
  const figures = differing.map((kind) => `${words[kind]} ${usage[kind]} and ${counted[kind]}`).join(', ')
  const remark = `its own count of tokens differs from what went through the key proxy: ${figures}`
  return { accounting: isWhole ? withUsage(own, counted, false) : bounded(own, usage, counted), remark }
}

/** Some CLIs have what went to the cache in their input, where the provider tells it apart: that is no difference. */
function withWrites(own: Accounting, { input, cacheWrite }: Usage): Accounting {
  const { usage } = own
  if (usage === null || usage.cacheWrite > 0 || cacheWrite === 0 || usage.input !== input + cacheWrite) return own
  return { ...own, usage: { ...usage, input, cacheWrite } }
}

/** The tokens of the ledger, with the reasoning that only the CLI tells; a cost of other tokens is no more than a bound. */
function withUsage(own: Accounting, counted: Usage, partial: boolean): Accounting {
  const usage = { ...counted, reasoning: Math.max(counted.reasoning, own.usage?.reasoning ?? 0) }
  if (totalTokens(usage) === 0 && !partial) return { usage, costUsd: 0, costSource: 'list-price', partial }
  const { usd } = knownCost(own)
  return { usage, costUsd: null, costSource: 'unknown', partial, ...(usd !== null && usd > 0 && { atLeastUsd: usd }) }
}

/** Of two lower bounds the greater figures. */
function bounded(own: Accounting, usage: Usage, counted: Usage): Accounting {
  const greater = Object.fromEntries(
    [...kinds, 'reasoning' as const].map((kind) => [kind, Math.max(usage[kind], counted[kind])]),
  )
  return { ...own, usage: { ...usage, ...greater }, partial: true }
}
