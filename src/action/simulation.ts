import { showProblems } from './check.ts'
import type { ObeyedFiles } from './plan.ts'
import type { ActionStep } from './step.ts'
import { loadPatterns } from '../core/pattern.ts'
import type { ActionInputs } from '../github/inputs.ts'
import type { RunOptions } from '../run/run-options.ts'

/** Rules of the simulated model; undefined runs the real ones, null says that the rules are wrong (and why was shown). */
export async function readSimulation(
  step: ActionStep,
  { simulate }: ActionInputs,
  { read, commit = 'the working tree' }: ObeyedFiles,
): Promise<RunOptions['simulation'] | null> {
  if (simulate === false) return undefined
  const { defaultRules, parseRules } = await import('../simulate/rules.ts')
  if (simulate === true) return defaultRules
  // Rules can ask a CLI for any command, so they are obeyed as the orchestration file is.
  const text = await read(simulate)
  if (text === undefined) {
    step.commands.annotate('error', `Input \`simulate\` names ${simulate}, and there is no such file on ${commit}.`)
    return null
  }
  await loadPatterns()
  const { rules, diagnostics } = parseRules(simulate, text)
  showProblems(step, { diagnostics, sources: new Map([[simulate, text]]), problems: [] })
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error') ? null : rules
}
