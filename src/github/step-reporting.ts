import type { Annotation } from '../report/annotations.ts'
import type { RunReporting } from '../report/run-reporting.ts'
import type { Api, RequestCount } from './api.ts'
import type { GithubContext } from './context.ts'
import type { FileCommands } from './file-commands.ts'
import type { ActionInputs } from './inputs.ts'
import type { WorkflowCommands } from './workflow-commands.ts'

/** What one reporter of a step leaves to the others. */
export interface BetweenReporters {
  /** A line on what earlier runs took, once the comment that remembers them was read; undefined where there is none to read. */
  earlier?: Promise<string | undefined>
  /** Failures that the runner shows no annotation of, for it shows so many alone. */
  unshown: readonly Annotation[]
}

/** What the reporters of a step of a workflow find. */
export interface StepReporting extends RunReporting {
  readonly inputs: ActionInputs
  readonly context: GithubContext
  readonly commands: WorkflowCommands
  readonly files: FileCommands
  /** What the runner gave this step. */
  readonly offers: { readonly summary: boolean; readonly artifacts: boolean }
  /** Set where somebody else's run is reported, which may have been made up: nothing must come of it but text. */
  readonly isForeign?: boolean
  /** A client of the API; undefined without a token. */
  readonly connect: (() => Promise<Api>) | undefined
  /** Of all that this step asks of GitHub. */
  readonly requests: RequestCount
  readonly between: BetweenReporters
  /** Told the id of the comment that the run keeps up to date, once it is there. */
  readonly leaveComment?: (id: number) => void
}
