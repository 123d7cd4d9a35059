import type { EarlierSpending } from '../core/earlier-spending.ts'
import type { Forecast } from '../core/forecast.ts'
import type { Plan } from '../core/plan.ts'
import type { VariantFacts } from '../core/variant.ts'
import { engineOptions } from '../run/engine-options.ts'
import { forecastOf } from '../run/forecast.ts'
import { durationsOf, spendingOf } from '../run/history.ts'
import { localHistory } from '../run/local-history.ts'
import { spendingOfOthers } from '../run/shared-budget.ts'
import type { Surroundings } from './surroundings.ts'
import { variantFactsOf } from './variant-facts.ts'

/** What earlier runs say of the next one. */
export interface Hindsight {
  /** Milliseconds by instance id. */
  readonly durations: ReadonlyMap<string, number>
  /** What agents spent when they last ran, by instance id. */
  readonly spending: ReadonlyMap<string, { readonly tokens: number; readonly costUsd: number }>
  /** Null where no run is known. */
  readonly forecast: Forecast | null
  /** Where the plan has a budget per day or week. */
  readonly earlier?: EarlierSpending
  /** What variants would be chosen by: what is checked out, and nothing of an event. */
  readonly variantFacts: VariantFacts
}

/** Looks at the history that the runs of a plan left here. */
export async function lookBack(plan: Plan, around: Surroundings): Promise<Hindsight> {
  const history = await localHistory(`${around.root}/.orchestrator`, around.now).read(plan.name)
  const durations = durationsOf(history, false)
  const per = plan.budget?.per
  return {
    durations,
    spending: spendingOf(history, false),
    variantFacts: variantFactsOf(around),
    forecast: forecastOf(plan, history, engineOptions({ plan, environment: around.environment }, durations)) ?? null,
    ...(per !== undefined && { earlier: spendingOfOthers(history, { id: '', simulated: false, per }, around.now()) }),
  }
}
