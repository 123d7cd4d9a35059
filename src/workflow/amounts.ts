import type { Budget, ProcessLimits, RetryPolicy } from '../core/instance.ts'
import type { BudgetEntry, DefaultsEntry, RetryEntry } from './schema.ts'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Milliseconds of a duration such as `1h30m`; its form has been validated. */
export function durationMs(text: string): number {
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    total += Number(amount) * (unitMs[unit ?? ''] ?? 0)
  return Math.round(total)
}

const hourMs = 3_600_000
const longUnitMs: Readonly<Record<string, number>> = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs }

/** Milliseconds of `12h`, `7d` or `2w`; its form has been validated. */
export function ageMs(text: string): number {
  return Number(text.slice(0, -1)) * (longUnitMs[text.slice(-1)] ?? 0)
}

const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  KI: 2 ** 10,
  MI: 2 ** 20,
  GI: 2 ** 30,
  TI: 2 ** 40,
}

/** Bytes of an amount such as `2GB` or `512MiB`; its form has been validated. */
export function byteCount(text: string): number {
  const [, amount, unit] = /^([\d.]+)\s*(\w*)B$/i.exec(text.trim()) ?? []
  return Math.round(Number(amount) * (unitBytes[(unit ?? '').toUpperCase()] ?? 1))
}

/** Milliseconds of a number of minutes. */
export function minutesMs(minutes: number): number {
  return Math.round(minutes * 60_000)
}

/** A budget with its defaults; undefined where neither tokens nor dollars are limited. */
export function readBudget(entry: BudgetEntry & { readonly per?: 'run' | 'day' | 'week' }): Budget | undefined {
  const { tokens, 'cost-usd': costUsd, per } = entry
  if (tokens === undefined && costUsd === undefined) return undefined
  return {
    ...(tokens !== undefined && { tokens }),
    ...(costUsd !== undefined && { costUsd }),
    warnAt: entry['warn-at'] ?? 0.8,
    onExceeded: entry['on-exceeded'] ?? 'stop',
    ...(per !== undefined && per !== 'run' && { per }),
  }
}

const everyClass = ['rate-limit', 'overloaded', 'timeout', 'crash', 'failure', 'no-output', 'invalid-output'] as const

const standardRetry: RetryPolicy = {
  attempts: 3,
  on: ['rate-limit', 'overloaded', 'crash-before-output'],
  backoffMs: 2000,
  maxBackoffMs: 60_000,
}

/**
 * The retry policy of an instance. A number counts retries and covers every class of failure; without `retry` there are
 * two retries after what says nothing about the work itself.
 */
export function readRetry(entry: RetryEntry | undefined): RetryPolicy {
  if (entry === undefined) return standardRetry
  if (typeof entry === 'number') return { attempts: entry + 1, on: everyClass, backoffMs: 2000, maxBackoffMs: 60_000 }
  return {
    attempts: entry.attempts ?? 3,
    on: entry.on ?? everyClass,
    backoffMs: entry.backoff === undefined ? 2000 : durationMs(entry.backoff),
    maxBackoffMs: entry['max-backoff'] === undefined ? 60_000 : durationMs(entry['max-backoff']),
  }
}

/** The limits of a process tree. */
export function readLimits(limits: DefaultsEntry['limits']): ProcessLimits {
  const { memory, cpu, 'cpu-time': cpuTime, output, processes } = limits ?? {}
  return {
    ...(memory !== undefined && { memoryBytes: byteCount(memory) }),
    ...(cpu !== undefined && { cpus: cpu }),
    ...(cpuTime !== undefined && { cpuMs: durationMs(cpuTime) }),
    ...(output !== undefined && { outputBytes: byteCount(output) }),
    ...(processes !== undefined && { processes }),
  }
}
