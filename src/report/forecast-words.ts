import type { EarlierSpending } from '../core/earlier-spending.ts'
import type { Forecast, Spread } from '../core/forecast.ts'
import type { Budget } from '../core/instance.ts'
import { plainLine } from '../core/plain-text.ts'
import { formatCount, formatDollars, formatDuration, formatPlural } from './quantities.ts'

/**
 * `$0.42, 12,000 tokens, 1m 20s; nine of ten at most $0.60, 15,000 tokens, 1m 50s (by 12 runs)`, or that nothing is known; undefined where
 * nobody looked.
 */
export function forecastWords(forecast: Forecast | null | undefined): string | undefined {
  if (forecast === undefined) return undefined
  if (forecast === null) return 'unknown, it has not run here yet'
  const { runs, simulated, costUsd, tokens, ms, atLeast, unknown } = forecast
  const figures = (of: keyof Spread): string =>
    [
      ...(tokens.p90 === 0 && !atLeast.tokens
        ? []
        : [
            `${atLeast.costUsd ? '≥ ' : ''}${formatDollars(costUsd[of])}`,
            `${atLeast.tokens ? '≥ ' : ''}${formatCount(Math.round(tokens[of]))} tokens`,
          ]),
      formatDuration(ms[of]),
    ].join(', ')
  const named = unknown.slice(0, 3).map(plainLine).join(', ')
  const more = unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''
  const without = named === '' ? '' : `; without ${named}${more}, which never ran`
  return `${figures('median')}; nine of ten at most ${figures('p90')} (by ${formatPlural(runs, simulated ? 'simulated run' : 'run')}${without})`
}

/** `$1.20 of $5.00 spent by 3 runs`, of a budget that holds for more than one run; undefined of any other. */
export function spentWords(budget: Budget, earlier: EarlierSpending | undefined): string | undefined {
  if (budget.per === undefined || earlier === undefined) return undefined
  const { runs, tokens, costUsd, atLeast, unknown } = earlier
  const isLess = (told: boolean): string => (told || unknown !== undefined ? '≥ ' : '')
  const parts = [
    ...(budget.costUsd === undefined
      ? []
      : [`${isLess(atLeast.costUsd)}${formatDollars(costUsd)} of ${formatDollars(budget.costUsd)}`]),
    ...(budget.tokens === undefined
      ? []
      : [`${isLess(atLeast.tokens)}${formatCount(tokens)} of ${formatCount(budget.tokens)} tokens`]),
  ]
  const why = unknown === undefined ? '' : `; not all is known: ${plainLine(unknown)}`
  return `${parts.join(' and ')} spent by ${formatPlural(runs, 'run')}${why}`
}
