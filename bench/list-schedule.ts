import { createHeap, popHeap, pushHeap } from '../src/core/heap.ts'

/** Instances that only take time, by their position in the plan: each needs earlier ones, at most `slots` run at once. */
export interface SleepPlan {
  readonly durations: readonly number[]
  readonly needs: readonly (readonly number[])[]
  readonly slots: number
}

/** No schedule is shorter than the longest path, nor than the work shared evenly among the slots. */
export function lowerBound(plan: SleepPlan): number {
  const work = plan.durations.reduce((sum, duration) => sum + duration, 0)
  return Math.max(...longestPaths(plan), work / plan.slots)
}

/**
 * The shortest list schedule that a search finds. A list schedule starts whatever is ready, the highest weight first, as soon as a slot is
 * free. Tried are the longest remaining path, that path disturbed at random, and from the best so far, other weights for one or two instances.
 */
export function bestKnown(plan: SleepPlan, random: () => number, samples = 20_000): number {
  const paths = longestPaths(plan)
  const bound = lowerBound(plan)
  let weights = paths
  let best = makespanOf(plan, weights)
  const longest = Math.max(...paths)
  for (let sample = 0; sample < samples && best > bound + 1e-6; sample++) {
    const tried =
      sample < samples / 2
        ? paths.map((path) => path + longest * (random() - 0.5) * (sample / samples))
        : weights.map((weight) => (random() < 2 / weights.length ? random() * longest : weight))
    const makespan = makespanOf(plan, tried)
    if (makespan > best) continue
    best = makespan
    weights = tried
  }
  return best
}

/** How long a list schedule takes. */
export function makespanOf({ durations, needs, slots }: SleepPlan, weights: readonly number[]): number {
  const weightOf = (at: number): number => weights[at] ?? 0
  const ready = createHeap<number>((a, b) => weightOf(a) > weightOf(b) || (weightOf(a) === weightOf(b) && a < b))
  const running = createHeap<{ at: number; endsAt: number }>((a, b) => a.endsAt < b.endsAt)
  const waiting = needs.map((froms) => new Set(froms))
  const after = successorsOf(needs)
  for (const [at, { size }] of waiting.entries()) if (size === 0) pushHeap(ready, at)
  let now = 0
  for (;;) {
    while (running.items.length < slots && ready.items.length > 0) {
      const at = popHeap(ready) ?? 0
      pushHeap(running, { at, endsAt: now + (durations[at] ?? 0) })
    }
    const next = popHeap(running)
    if (next === undefined) return now
    now = next.endsAt
    for (const successor of after[next.at] ?? []) {
      waiting[successor]?.delete(next.at)
      if (waiting[successor]?.size === 0) pushHeap(ready, successor)
    }
  }
}

/** From each instance to the end of the plan, itself included. */
export function longestPaths({ durations, needs }: SleepPlan): number[] {
  const paths = [...durations]
  const beyond = durations.map(() => 0)
  for (let at = durations.length - 1; at >= 0; at--) {
    paths[at] = (durations[at] ?? 0) + (beyond[at] ?? 0)
    for (const from of needs[at] ?? []) beyond[from] = Math.max(beyond[from] ?? 0, paths[at] ?? 0)
  }
  return paths
}

function successorsOf(needs: SleepPlan['needs']): number[][] {
  const after: number[][] = needs.map(() => [])
  for (const [at, froms] of needs.entries()) for (const from of froms) after[from]?.push(at)
  return after
}
