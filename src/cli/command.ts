import type { ExitCode } from './exit-code.ts'
import type { Surroundings } from './surroundings.ts'

/** One option of a command. Without `value` it is a switch. */
export interface Option {
  /** What stands for the value in the help: `FILE`, `k=v`. */
  readonly value?: string
  /** May stand without its value; then the value is empty. */
  readonly valueIsOptional?: boolean
  readonly short?: string
  readonly repeatable?: boolean
  readonly choices?: readonly string[]
  readonly about: string
}

/** A parsed command line. `rest` is the command that stood after `--`, null without one, and for a command that takes none. */
export interface CommandLine {
  readonly operands: readonly string[]
  readonly rest: readonly string[] | null
  has(option: string): boolean
  /** The last value given. */
  value(option: string): string | undefined
  values(option: string): readonly string[]
}

/** Does the work of a command and says how it ended. */
export type CarryOut = (line: CommandLine, around: Surroundings) => Promise<ExitCode>

/** One command: what its help and the parser know, and where its work is found. */
export interface Command {
  readonly name: string
  /**
   * Loads what does the work, once it is asked for. The bundler puts what CI does all day into one file beside the program (`webpackChunkName`):
   * reading many small ones costs more than it spares, and every other command, or `--version`, reads none of it.
   */
  readonly load: () => Promise<CarryOut>
  /** What follows `orchestrator <name>`, one line for each way to use it. */
  readonly usage: readonly string[]
  readonly about: string
  readonly options: Readonly<Record<string, Option>>
  /** Most operands; more are a mistake. */
  readonly maxOperands: number
  /** What follows `--` is a command to run; otherwise it is operands that may look like options. */
  readonly takesCommand?: boolean
  /** The option with which an operand is not missed. */
  readonly operandReplacedBy?: string
  /** Paragraphs after the options. */
  readonly notes?: readonly string[]
  readonly examples: readonly (readonly [line: string, about: string])[]
}
