import type { ActionInputs } from '../github/inputs.ts'
import type { RunOptions } from '../run/run-options.ts'
import type { ActionStep } from './step.ts'

/** Looks for the runs that links name among those of this repository's workflows; loaded where a plan has links. */
export function linksOf(step: ActionStep, inputs: ActionInputs, root: string): Pick<RunOptions, 'findRun'> {
  return {
    findRun: async (link, signal) => (await import('./find-run.ts')).findWorkflowRun(step, inputs, root, link, signal),
  }
}
