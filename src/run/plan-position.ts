import type { RunState } from '../core/run-state.ts'

/** Most instances of a run that are told apart by position. */
const instanceLimit = 2 ** 26

/**
 * Where an instance stands in the orchestration file, as a number to compare: the cells of a dynamic matrix stand where their matrix
 * does, in the order they were made.
 */
export function planPosition(state: RunState, id: string): number {
  const written = state.started?.plan.instances ?? []
  let place = -1
  for (
    let at: string | undefined = id;
    at !== undefined && place === -1;
    at = state.instances.get(at)?.instance.parent
  ) {
    const here = at
    place = written.findIndex((instance) => instance.id === here)
  }
  return place * instanceLimit + [...state.instances.keys()].indexOf(id)
}
