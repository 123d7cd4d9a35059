import { type Accounting, knownCost, totalTokens, type Usage } from '../core/usage.ts'

/** A duration as people say it: `23ms`, `0.4s`, `12s`, `3m 05s`, `2h 07m`; a dash where there is none. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < 95) return `${Math.round(Math.max(0, ms))}ms`
  if (ms < 9950) return `${(ms / 1000).toFixed(1)}s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${twoDigits(seconds % 60)}s`
  return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`
}

/** A count with thousands separators: `12,345`. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** A count in at most five characters: `950`, `12.3k`, `1.2M`. */
export function formatShortCount(count: number): string {
  if (count < 1000) return String(count)
  if (count < 99_950) return `${(count / 1000).toFixed(1)}k`
  if (count < 999_500) return `${Math.round(count / 1000)}k`
  return `${(count / 1_000_000).toFixed(1)}M`
}

/** Dollars with as many decimals as they need to be told from nothing: `$1.25`, `$0.0123`. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0.00'
  return dollars < 0.1 ? `$${dollars.toFixed(4)}` : `$${dollars.toFixed(2)}`
}

/** `1 instance`, `2 instances`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Bytes as people say them: `512 B`, `64 kB`, `1.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

/**
 * Tokens in (all of the prompts), how many of these the cache gave, and tokens out, exact; `≥` where they are a lower bound, `unknown` where
 * nobody knows.
 */
export function formatTokenCells(accounting: Accounting): { input: string; cached: string; output: string } {
  const { usage, partial } = accounting
  const cell = (pick: (usage: Usage) => number): string => {
    if (usage === null) return 'unknown'
    const count = pick(usage)
    if (isFree(accounting) && count === 0) return '–'
    return `${partial ? '≥ ' : ''}${formatCount(count)}`
  }
  const reasoning = usage !== null && usage.reasoning > 0 ? ` (${formatCount(usage.reasoning)} reasoning)` : ''
  return {
    input: cell(promptTokens),
    cached: cell(({ cacheRead }) => cacheRead),
    output: `${cell(({ output }) => output)}${reasoning}`,
  }
}

/** All tokens of the prompts: the cache gave or took a part of them. */
export function promptTokens({ input, cacheRead, cacheWrite }: Usage): number {
  return input + cacheRead + cacheWrite
}

/** `≥ 46,907 tokens (28,144 from the cache, 300 reasoning)`; empty where no model is called. */
export function describeTokens(accounting: Accounting): string {
  const { usage, partial } = accounting
  if (isFree(accounting)) return ''
  if (usage === null) return 'tokens unknown'
  const parts = [
    usage.cacheRead > 0 ? `${formatCount(usage.cacheRead)} from the cache` : '',
    usage.reasoning > 0 ? `${formatCount(usage.reasoning)} reasoning` : '',
  ].filter((part) => part !== '')
  const note = parts.length > 0 ? ` (${parts.join(', ')})` : ''
  return `${partial ? '≥ ' : ''}${formatCount(totalTokens(usage))} tokens${note}`
}

/** Whether no model was called, as far as anyone declared. */
export function isFree({ costSource, partial }: Accounting): boolean {
  return costSource === 'none' && !partial
}

/**
 * A cost: `$0.12`, a dash where no model is involved, `≥ $0.12` where only a part of it is known, `≈ $0.12` where a price is only much like the
 * model's, `unknown` where nothing is; of a subscription what the API would take.
 */
export function formatCost(accounting: Accounting): string {
  if (isFree(accounting)) return '–'
  const { usd, atLeast } = knownCost(accounting)
  if (usd === null) return 'unknown'
  const sign = atLeast ? '≥ ' : accounting.costSource === 'approximate' ? '≈ ' : ''
  return `${sign}${formatDollars(usd)}${accounting.subscription ? ' (API-equivalent)' : ''}`
}

/** The same in a sentence: `cost unknown`; empty where no model is called. */
export function describeCost(accounting: Accounting): string {
  if (isFree(accounting)) return ''
  const cost = formatCost(accounting)
  return cost === 'unknown' ? 'cost unknown' : cost
}

/** `3 tool calls denied`. */
export function describeDenials(count: number): string {
  return `${formatPlural(count, 'tool call')} denied`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
