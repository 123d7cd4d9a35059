import { knownCost, totalTokens } from '../core/usage.ts'
import { formatCount, formatDollars, formatDuration } from '../report/quantities.ts'
import type { ReportModel } from '../report/report-model.ts'

/** What an earlier run of a comment took; null where it is not known, or only in part. */
export interface PastRun {
  /** Of the workflow run. */
  readonly run: number
  readonly durationMs: number
  readonly tokens: number | null
  readonly usd: number | null
}

/** As many runs as a median is made of. */
const mostRuns = 10
const field = /^<!-- orchestrator:[^\n]* past=([\d.:,-]*) -->/

/** The runs that a comment of ours remembers, the oldest first. */
export function readHistory(body: string): PastRun[] {
  const [, text = ''] = field.exec(body) ?? []
  return text.split(',').flatMap((entry) => {
    const [run = '', durationMs = '', tokens = '', usd = ''] = entry.split(':')
    const known = (value: string): number | null => (value === '-' || value === '' ? null : Number(value))
    const past = { run: Number(run), durationMs: Number(durationMs), tokens: known(tokens), usd: known(usd) }
    const isWhole = run !== '' && [past.run, past.durationMs, past.tokens ?? 0, past.usd ?? 0].every(Number.isFinite)
    return isWhole ? [past] : []
  })
}

/** The marker with the runs that the next one is to know of. */
export function withHistory(marker: string, past: readonly PastRun[]): string {
  if (past.length === 0) return marker
  const entries = past.map(({ run, durationMs, tokens, usd }) =>
    [run, Math.round(durationMs), tokens ?? '-', usd ?? '-'].join(':'),
  )
  return marker.replace(/ -->$/, ` past=${entries.join(',')} -->`)
}

/** The runs to remember after this one; one that was cancelled, or is not over, tells nothing of what a run takes. */
export function rememberRun(past: readonly PastRun[], run: number, report: ReportModel): PastRun[] {
  const { accounting, durationMs, result } = report
  const others = past.filter((each) => each.run !== run)
  if (result !== 'success' && result !== 'failure') return others.slice(-mostRuns)
  const { usd, atLeast } = knownCost(accounting)
  const tokens = accounting.usage === null || accounting.partial ? null : totalTokens(accounting.usage)
  return [...others, { run, durationMs, tokens, usd: atLeast ? null : usd }].slice(-mostRuns)
}

/** `Median of the 3 runs before: 2m 10s · 9,800 tokens · $0.10`; undefined where there was none. */
export function describeHistory(past: readonly PastRun[], run: number): string | undefined {
  const others = past.filter((each) => each.run !== run)
  if (others.length === 0) return undefined
  const medianOf = (pick: (each: PastRun) => number | null): number | undefined =>
    median(others.map(pick).filter((value) => value !== null))
  const tokens = medianOf((each) => each.tokens)
  const usd = medianOf((each) => each.usd)
  const facts = [
    formatDuration(medianOf(({ durationMs }) => durationMs) ?? null),
    tokens === undefined || tokens === 0 ? '' : `${formatCount(tokens)} tokens`,
    usd === undefined || usd === 0 ? '' : formatDollars(usd),
  ].filter((fact) => fact !== '')
  const whose = others.length === 1 ? 'The run before' : `Median of the ${others.length} runs before`
  return `${whose}: ${facts.join(' · ')}`
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? undefined : Math.round((low + high) * 5e5) / 1e6
}
