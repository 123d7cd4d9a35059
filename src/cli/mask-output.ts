import type { Plan } from '../core/plan.ts'
import { createRedactor } from '../journal/redactor.ts'
import { secretValues } from '../run/secret-values.ts'
import type { Surroundings } from './surroundings.ts'

/** Hides the secrets of a plan, as far as their values are known here, in what is shown of its logs: they are masked, but shown decoded. */
export function maskOutput(plan: Plan, workspace: string, { environment }: Surroundings): (text: string) => string {
  const redactor = createRedactor(secretValues(plan, environment, workspace))
  return (text) => redactor.text(text)
}
