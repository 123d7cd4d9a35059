import { knownCost, totalTokens } from '../core/usage.ts'
import { describeEarlierRuns, mostEarlierRuns, type RunFigures } from '../report/earlier-runs.ts'
import type { ReportModel } from '../report/report-model.ts'

/** What an earlier run of a comment took. */
export interface PastRun extends RunFigures {
  /** Of the workflow run. */
  readonly run: number
  readonly durationMs: number
}

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
    [run, Math.round(durationMs), tokens ?? '-', usd === null ? '-' : Number(usd.toFixed(6))].join(':'),
  )
  return marker.replace(/ -->$/, ` past=${entries.join(',')} -->`)
}

/** The runs to remember after this one; one that was cancelled, or is not over, tells nothing of what a run takes. */
export function rememberRun(past: readonly PastRun[], run: number, report: ReportModel): PastRun[] {
  const { accounting, durationMs, result } = report
  const others = past.filter((each) => each.run !== run)
  if (result !== 'success' && result !== 'failure') return others.slice(-mostEarlierRuns)
  const { usd, atLeast } = knownCost(accounting)
  const tokens = accounting.usage === null || accounting.partial ? null : totalTokens(accounting.usage)
  return [...others, { run, durationMs, tokens, usd: atLeast ? null : usd }].slice(-mostEarlierRuns)
}

/** What is said of the runs before this one; undefined where there was none. */
export function describeHistory(past: readonly PastRun[], run: number): string | undefined {
  return describeEarlierRuns(past.filter((each) => each.run !== run))
}
