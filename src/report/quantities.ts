import type { Accounting, Usage } from '../core/usage.ts'

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

/** Tokens in, cached (read and written) and out, exact; `≥` where they are a lower bound, `unknown` where nobody knows. */
export function formatTokenCells(accounting: Accounting): { input: string; cached: string; output: string } {
  const cell = (pick: (usage: Usage) => number): string => {
    if (accounting.usage === null) return 'unknown'
    const count = pick(accounting.usage)
    if (accounting.costSource === 'none' && !accounting.partial && count === 0) return '–'
    return `${accounting.partial ? '≥ ' : ''}${formatCount(count)}`
  }
  return {
    input: cell((usage) => usage.input),
    cached: cell((usage) => usage.cacheRead + usage.cacheWrite),
    output: cell((usage) => usage.output),
  }
}

/**
 * A cost: `$0.12`, a dash where no model is involved, `unknown` where nobody vouches for one.
 * `atLeastUsd` is the sum of the parts that are known, shown as `≥ $0.12` when others are not.
 */
export function formatCost(accounting: Accounting, atLeastUsd = 0): string {
  if (accounting.costUsd === null) return atLeastUsd > 0 ? `≥ ${formatDollars(atLeastUsd)}` : 'unknown'
  if (accounting.costSource === 'none') return '–'
  return `${accounting.partial ? '≥ ' : ''}${formatDollars(accounting.costUsd)}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
