import type { Budgets } from './budgets.ts'
import { condition, isOver, leftOut, readyAt, verdict } from './edges.ts'
import { placeTaken } from './pools.ts'
import { chainOf, providerOf, runtimeOf, type Seen, type World } from './world.ts'

/** What should have happened by now: everything that follows from the last event has been recorded and asked for. */
export function* leftUndone(world: World, budgets: Budgets): Generator<string> {
  for (const one of world.seen.values()) {
    if (one.ended !== undefined) continue
    const what = one.running ? undoneOfRunning(world, one, budgets) : undoneOfWaiting(world, one, budgets)
    if (what !== undefined) yield `${one.instance.id} ${what} at ${world.now}`
  }
  if (world.interrupted === undefined && world.now >= world.deadline) yield 'the run goes on beyond its time limit'
  if (world.ending === 1 && world.now >= world.cleanupBy) yield 'cleaning up takes longer than it may'
  for (const [name, { denials, open }] of world.providers)
    if (denials >= 3 && !open) yield `${name} refused ${denials} times and is asked on`
}

function undoneOfRunning(world: World, one: Seen, budgets: Budgets): string | undefined {
  if (one.stopAsked) return undefined
  if (isOver(world, one)) return 'runs on although interrupted, cancelled, or in a group that failed fast'
  return budgets.mustDie(one) ? 'runs on beyond the budget' : undefined
}

function undoneOfWaiting(world: World, one: Seen, budgets: Budgets): string | undefined {
  const { instance } = one
  if (one.awaiting) return 'has no verdict on its attempt'
  if (instance.kind === 'process' && world.now < one.dueAt && !isOver(world, one)) return undefined
  const now = verdict(world, instance)
  if (now === 'skip') return 'is not skipped'
  if (instance.kind !== 'group') {
    if (isOver(world, one)) return 'waits although interrupted, cancelled, or in a group that failed fast'
    if (!world.selected.has(instance.id)) return 'waits although not selected'
  }
  if (now === 'wait') return undefined
  if (instance.kind === 'group') return 'does not end'
  if (leftOut(world, instance) !== undefined) return 'waits although its matrix leaves it out'
  if (one.fresh && condition(world, instance) !== true) return 'waits against its condition'
  if (world.now < readyAt(world, instance)) return undefined
  if (instance.kind === 'gate') return 'does not open'
  if (instance.unsupported !== undefined) return 'does not fail for what is not supported'
  return idle(world, one, budgets)
}

/** An idle worker while something could start is a bug. */
function idle(world: World, one: Seen, budgets: Budgets): string | undefined {
  const { paused } = world
  const isPaused = paused.has(null) || chainOf(world, one.instance.id).some(({ instance }) => paused.has(instance.id))
  if (isPaused && world.ending === 0) return undefined
  if (placeTaken(world, one) !== undefined) return undefined
  if (budgets.mayWait(one)) return undefined
  if (budgets.admission(one) === 'never') return 'waits for a budget that is used up'
  return providerOf(world, runtimeOf(one)).open ? 'waits for an open circuit' : 'could start and does not'
}
