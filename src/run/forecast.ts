import type { Forecast } from '../core/forecast.ts'
import { spreadOf } from '../core/forecast.ts'
import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { createMakespan } from '../engine/rehearse.ts'
import type { EngineOptions } from '../engine/progress.ts'
import { openGroups, type History, type Sample } from './history.ts'

/**
 * What a run will likely cost and take, by the newest earlier runs: each is played again with the plan as it is now, every instance as it was in
 * that run, or, where it had no part in it, as it usually was. Undefined where no run is known. Real runs before simulated ones.
 */
export function forecastOf(plan: Plan, { runs }: History, options: EngineOptions): Forecast | undefined {
  const sampled = runs.filter(({ samples, isPart }) => samples !== undefined && isPart !== true)
  const real = sampled.filter(({ simulated }) => !simulated)
  const simulated = real.length === 0
  const used = simulated ? sampled : real
  if (used.length === 0) return undefined
  const leaves = leavesOf(plan)
  const unknown: string[] = []
  const usual = new Map<string, Sample>()
  for (const { id } of leaves) {
    const own = used
      .map(({ samples, groups }) => groups?.[id] ?? samples?.[id])
      .filter((sample) => sample !== undefined)
    if (own.length === 0) unknown.push(id)
    else usual.set(id, middleOf(own))
  }
  const makespan = createMakespan(plan, options)
  const atLeast = { tokens: false, costUsd: false }
  const totals = used.map(({ samples, groups }) => {
    const durations = new Map<string, number>()
    let [tokens, costUsd] = [0, 0]
    for (const { id } of leaves) {
      const sample = groups?.[id] ?? samples?.[id] ?? usual.get(id) ?? 0
      if (sample === 0) continue
      const [ms, , ofTokens = 0, ofUsd = 0, tokensAtLeast, costAtLeast] = sample
      durations.set(id, ms)
      tokens += ofTokens
      costUsd += ofUsd
      atLeast.tokens ||= tokensAtLeast === 1
      atLeast.costUsd ||= costAtLeast === 1
    }
    return { tokens, costUsd, ms: makespan(durations) }
  })
  return {
    runs: used.length,
    simulated,
    costUsd: spreadOf(totals.map(({ costUsd }) => costUsd)),
    tokens: spreadOf(totals.map(({ tokens }) => tokens)),
    ms: spreadOf(totals.map(({ ms }) => ms)),
    atLeast,
    unknown,
  }
}

/** What samples are of: processes, and groups whose members are known only at run time in their stead. */
function leavesOf({ instances }: Plan): Instance[] {
  const open = openGroups(instances)
  const isInside = (id: string): boolean => {
    for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1))
      if (open.has(id.slice(0, dot))) return true
    return false
  }
  return instances.filter(({ id, kind }) => (kind === 'process' || open.has(id)) && kind !== 'gate' && !isInside(id))
}

/** The one in the middle by what it took, so that its figures belong together. */
function middleOf(samples: readonly Sample[]): Sample {
  const sorted = samples.toSorted((a, b) => (a === 0 ? 0 : a[0]) - (b === 0 ? 0 : b[0]))
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
}
