/** The middle of what earlier runs took, and what nine of ten did not exceed. */
export interface Spread {
  readonly median: number
  readonly p90: number
}

/** What a run will likely cost and take, by what the instances of its plan did in earlier runs. */
export interface Forecast {
  /** Earlier runs it is made from, the newest ones. */
  readonly runs: number
  /** Whether these were simulated: there were no others. */
  readonly simulated: boolean
  readonly costUsd: Spread
  readonly tokens: Spread
  /** Milliseconds from the first start to the last end, by the plan's edges and today's limits. */
  readonly ms: Spread
  /** Of what the figures are a lower bound: an agent did not tell all it used. */
  readonly atLeast: { readonly tokens: boolean; readonly costUsd: boolean }
  /** Ids of instances that have never run: what they will need is not in the figures. */
  readonly unknown: readonly string[]
}

/** The middle and the nine-tenths value, by nearest rank; of nothing, zero. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { median: at(0.5), p90: at(0.9) }
}
