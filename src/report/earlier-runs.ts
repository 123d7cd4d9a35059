import { formatCount, formatDollars, formatDuration } from './quantities.ts'

/** What an earlier run took; null where it is not known, or only in part. */
export interface RunFigures {
  readonly durationMs: number | null
  readonly tokens: number | null
  readonly usd: number | null
}

/** As many runs as a median is made of. */
export const mostEarlierRuns = 10

/** `Median of the 3 runs before: 2m 10s · 9,800 tokens · $0.10`; undefined where there was none. */
export function describeEarlierRuns(runs: readonly RunFigures[]): string | undefined {
  const medianOf = (pick: (each: RunFigures) => number | null): number | undefined =>
    median(runs.map(pick).filter((value) => value !== null))
  const durationMs = medianOf((each) => each.durationMs)
  const tokens = medianOf((each) => each.tokens)
  const usd = medianOf((each) => each.usd)
  const facts = [
    durationMs === undefined ? '' : formatDuration(durationMs),
    tokens === undefined || tokens === 0 ? '' : `${formatCount(Math.round(tokens))} tokens`,
    usd === undefined || usd === 0 ? '' : formatDollars(usd),
  ].filter((fact) => fact !== '')
  if (facts.length === 0) return undefined
  const whose = runs.length === 1 ? 'The run before' : `Median of the ${runs.length} runs before`
  return `${whose}: ${facts.join(' · ')}`
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? undefined : Math.round((low + high) * 5e5) / 1e6
}
