import { join } from 'node:path'
import { definitionsOf } from '../core/definitions.ts'
import type { MemoryStore } from '../core/memory.ts'
import type { RunOptions } from './run-options.ts'

/** What keeps the memories of a run, where an instance has one: at a desk a directory below `root`. A simulated run reads it, and leaves it as it is. */
export async function memoryFor(
  { plan, memory, simulation }: Pick<RunOptions, 'plan' | 'memory' | 'simulation'>,
  root: () => string,
): Promise<{ memory?: MemoryStore }> {
  if (![...definitionsOf(plan.instances)].some(({ definition }) => definition.memory !== undefined)) return {}
  const { createLocalMemory } = await import('../launch/local-memory.ts')
  const store = memory ?? createLocalMemory(join(root(), 'memory'))
  return { memory: simulation === undefined ? store : { ...store, refusal: 'the run is simulated' } }
}
