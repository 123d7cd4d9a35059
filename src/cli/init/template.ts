import type { RuntimeKey } from '../../core/runtime.ts'
import type { PrintOptions } from '../../workflow/print-file.ts'
import type { Survey } from './survey.ts'

/** The agent that a template is written for. */
export interface ChosenAgent {
  readonly runtime: string
  /** The version that is installed in CI: the one found here, else the one it is tested with. */
  readonly version: string
  /** The variable of its key. */
  readonly key: string
  /** Whether it is on the PATH here. */
  readonly found: boolean
  /** Keys of an instance that its runtime supports. */
  readonly supports: ReadonlySet<string>
}

/** A YAML document before it is text. */
export interface DraftFile extends PrintOptions {
  readonly value: object
}

/** What `init` starts a repository with. */
export interface Template {
  /** Of its workflow's file; what is not `orchestrator`, the default, stands beside that. */
  readonly name: string
  /** A key of an instance that its agent's runtime must support. */
  readonly needs?: RuntimeKey
  /** Completes the sentence "It …" after the files were written. */
  readonly does: string
  orchestration(survey: Survey, agent: ChosenAgent): DraftFile
  workflow(survey: Survey, agent: ChosenAgent): DraftFile
}
