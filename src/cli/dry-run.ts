import type { Plan } from '../core/plan.ts'
import type { ExitCode } from './exit-code.ts'
import { lookBack } from './look-back.ts'
import { planFormats } from './plan/formats.ts'
import type { Surroundings } from './surroundings.ts'

/** Shows what a run would start instead of starting it; `only` as the run would be given it. */
export async function showDryRun(plan: Plan, only: readonly string[] | null, around: Surroundings): Promise<ExitCode> {
  around.out.write(await planFormats.text(plan, await lookBack(plan, around), around))
  if (only !== null) around.out.write(`Only ${only.join(', ')} and what they need would run.\n`)
  around.err.write('Nothing was run.\n')
  return 0
}
