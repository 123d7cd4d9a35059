import type { FileCommands } from '../github/file-commands.ts'
import type { WorkflowCommands } from '../github/workflow-commands.ts'
import type { RunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { RunControl } from '../run/control.ts'
import { outputsOf, outputsWithoutRun } from './outputs.ts'

/** Exit codes, as the command line's. */
export const exit = { success: 0, failure: 1, bug: 3, interrupted: 130 } as const

/** How a step ended: its exit code, or that there was nothing to run. */
export type Ending = number | 'skipped'

/** What signals act on: the run once there is one. */
export interface Interruption {
  control: RunControl | undefined
  state: RunState | undefined
  /** Once the run has ended. */
  report: ReportModel | undefined
  /** `performance.now()` of the first signal. */
  at: number | undefined
  readonly before: AbortController
  /** Outputs that no run has. */
  outputs: Readonly<Record<string, string>>
}

/** Sets the outputs, whatever happened, and ends the process once what it printed has been read. */
export function endStep(
  commands: WorkflowCommands,
  files: FileCommands,
  { state, report, outputs }: Interruption,
  ending: Ending,
): void {
  commands.flush()
  const code = ending === 'skipped' ? exit.success : ending
  const { values, warning } = state === undefined ? outputsWithoutRun(resultOf(ending)) : outputsOf(state, report)
  if (warning !== undefined) commands.annotate('warning', warning)
  try {
    for (const [name, value] of Object.entries({ ...values, ...outputs })) files.setOutput(name, value)
  } catch (error) {
    commands.annotate('error', `The outputs of this step could not be written: ${messageOf(error)}`)
    if (code === exit.success) process.exitCode = exit.failure
  }
  if (!takeBack(commands, files) && code === exit.success) process.exitCode = exit.failure
  process.exitCode ??= code
  process.stdout.write('', () => process.exit())
}

/** What processes of the run wrote into the files of the runner is undone, and said; false where it could not be. */
function takeBack(commands: WorkflowCommands, files: FileCommands): boolean {
  const { touched, left } = files.restore()
  if (touched.length > 0)
    commands.annotate(
      'warning',
      `A process of this run wrote to ${touched.join(', ')}, which only the step itself may write. That was undone.`,
    )
  if (left.length > 0)
    commands.annotate(
      'error',
      `A process of this run changed ${left.join(', ')}, which only the step itself may write. That could not be undone: do not trust the variables, paths and outputs of this step.`,
    )
  return left.length === 0
}

function resultOf(code: Ending): 'success' | 'failure' | 'cancelled' | 'skipped' {
  if (code === 'skipped') return code
  return code === exit.success ? 'success' : code === exit.interrupted ? 'cancelled' : 'failure'
}
