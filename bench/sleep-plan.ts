import type { SleepPlan } from './list-schedule.ts'

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A random plan of 12 to 40 instances of 100 ms to 1 s in 2 to 6 slots. How far back it reaches for what an instance needs, and how often it
 * goes on with a chain, is drawn for each plan, so that wide plans, layered ones and bundles of long chains all occur.
 */
export function randomSleepPlan(random: () => number): SleepPlan {
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1))
  const count = between(12, 40)
  const reach = between(2, count)
  const chains = random() * 0.6
  const density = random() * 2.5
  const needs = Array.from({ length: count }, (_, at) => {
    if (at > 0 && random() < chains) return [at - between(1, Math.min(at, 3))]
    const wanted = Math.floor(random() * density + 0.4)
    return [...new Set(Array.from({ length: Math.min(at, wanted) }, () => at - between(1, Math.min(at, reach))))]
  })
  return { durations: needs.map(() => Math.round(100 + 900 * random() ** 1.5)), needs, slots: between(2, 6) }
}
