import { commonEnvironment } from '../agents/environment.ts'
import { temporaryIn } from '../launch/foundation.ts'
import { removeLeftovers } from '../launch/leftovers.ts'
import { sweepMarked } from '../process/sweep.ts'

/** Ends what is left of a run whose orchestrator is dead: its processes, containers, worktrees and temporary directories. */
export async function endRemains(
  runId: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  await sweepMarked(runId)
  await removeLeftovers(temporaryIn(environment), commonEnvironment(environment), environment)
}
