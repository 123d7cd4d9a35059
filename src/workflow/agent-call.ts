import type { MigratedRuntime } from './migrate-flags.ts'

/** A step that runs an agent, as an instance and as what is around it. */
export interface AgentCall {
  readonly runtime: MigratedRuntime
  /** Keys of the instance; texts still have the workflow's expressions. */
  readonly keys: Record<string, unknown>
  /** Variables that the step has besides its own `env`. */
  readonly env: Record<string, string>
  /** Inputs of our action. */
  readonly inputs: Record<string, string>
  /** Secrets that the program gets besides the key of its provider. */
  readonly secrets: string[]
  /** The exact version of the CLI, where the step names one. */
  version?: string
  /** What changed its meaning or is left out, a clause each. */
  readonly remarks: string[]
  /** A condition the action asked by itself, such as a phrase in a comment. */
  condition?: string
  /** Where the step left the answer. */
  answerFile?: string
  /** What its outputs are called now; an expression in which `ID` is the step and `INSTANCE` the instance. Others have no counterpart. */
  readonly outputs: Readonly<Record<string, string>>
  /** Whether anyone who can cause the event was kept out unless they may write. */
  readonly asksAccess: boolean
}

/** A call that says nothing yet. */
export function emptyCall(runtime: MigratedRuntime, outputs: AgentCall['outputs'] = {}, asksAccess = false): AgentCall {
  return { runtime, keys: {}, env: {}, inputs: {}, secrets: [], remarks: [], outputs, asksAccess }
}
