import type { ReportSettings } from '../core/plan.ts'
import type { ConsoleOptions } from './console-options.ts'

/** What the reporters of any run find, at a desk as in a workflow. */
export interface RunReporting {
  /** The run directory, absolute. */
  readonly directory: string
  /** What the orchestration file says about reports. */
  readonly settings: ReportSettings
  /** Where people look on; undefined where nobody does. */
  readonly console: ConsoleOptions | undefined
  /** Takes a line about a decision; undefined where nobody asked why. */
  readonly debug: ((line: string) => void) | undefined
}
