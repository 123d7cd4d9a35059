import { processesOf } from '../core/definitions.ts'
import { RefusalError } from '../core/refusal.ts'
import { ownInstances } from '../core/shard.ts'
import type { RunOptions } from './run-options.ts'

/**
 * Throws where an instance is to run in a container or sandbox that this machine cannot make: before the run, since half of it would be for nothing.
 * Where only some instances are run, each that cannot says so itself.
 */
export async function refuseUnconfined({
  plan,
  environment,
  only,
  resume,
  shard,
}: Pick<RunOptions, 'plan' | 'environment' | 'only' | 'resume' | 'shard'>): Promise<void> {
  if (only !== null || resume !== undefined) return
  const confined = processesOf(ownInstances(plan, shard?.part)).filter(
    ({ process: { container, sandbox }, withheld }) =>
      withheld === undefined && (container !== undefined || sandbox !== undefined),
  )
  if (confined.length === 0) return
  const { examineConfinement } = await import('./examine-confinement.ts')
  for (const instance of confined) {
    const found = await examineConfinement(instance.process, environment)
    if (found === undefined || !('problem' in found)) continue
    const { at, label } = instance
    const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `
    throw new RefusalError(`${place}${label} cannot run in its ${found.what}: ${found.problem}`, found.hint)
  }
}
