import type { Diagnostic } from '../core/diagnostic.ts'
import type { Stamped } from '../core/event.ts'
import type { JsonObject } from '../core/json.ts'
import { loadPatterns } from '../core/pattern.ts'
import type { Plan } from '../core/plan.ts'
import type { Reporter } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import { ownTrust } from '../core/run-trust.ts'
import type { ReportModel } from '../report/report-model.ts'
import { defaultRules, parseRules, type SimulationRules } from '../simulate/rules.ts'
import type { RunControl } from './control.ts'
import { executeRun, type RunOutcome } from './execute-run.ts'

/** What a program may say of a run; all of it may be left out. */
export interface RunSettings {
  /** Values of the plan's inputs, typed as they are declared. Default: their own defaults. */
  readonly inputs?: Readonly<Record<string, string | number | boolean>>
  /** Plays the models: `true` makes every answer up, a text is a file of rules (`docs/simulation.md`). Default: the real models. */
  readonly simulate?: boolean | string
  /** Where instances run: a folder, best a git repository. Default: the working directory. */
  readonly workspace?: string
  /** What children's environments are built from, with the credentials of agents. Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Ids to run, with what they need. Default: all. */
  readonly only?: readonly string[]
  /** Overrides `limits.max-parallel`. */
  readonly maxParallel?: number
  /** Where the record of the run is made; must not hold another run. Default: a new folder in `.orchestrator` of the workspace. */
  readonly runDirectory?: string
  /** What to tell changes against, a branch or commit. Default: the default branch. */
  readonly base?: string
  /** What expressions read as `github`, as a workflow has it. Default: nothing. */
  readonly github?: JsonObject
  /** Values that must appear nowhere, besides the secrets and keys that the plan names. */
  readonly secrets?: readonly string[]
  /** Called for each event, after the state has it; must not wait. If it throws, it is not called again and the report says so. */
  readonly onEvent?: (event: Stamped, state: RunState) => void
  /** Told all that `onEvent` is, and of the end with the whole report. Default: none; nothing is written to the console. */
  readonly reporters?: readonly Reporter<ReportModel>[]
  /** Interrupts the run when it aborts: what runs is stopped, what cleans up still runs. */
  readonly signal?: AbortSignal
  /** Given the controls of the run before anything starts: pause, cancel one instance, kill. Undefined once the run is over. */
  readonly connect?: (control: RunControl | undefined) => void
}

/** A run cannot be begun as it was asked for. `problems` are all there are, a sentence each. */
export class RunSettingsError extends Error {
  override readonly name = 'RunSettingsError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** What a run with defaults is given: settings whose inputs have been read, with what is wrong with them. */
export interface SettledRun extends Omit<RunSettings, 'inputs'> {
  readonly inputs: JsonObject
  readonly problems: readonly string[]
  readonly workspace: string
  readonly environment: NonNullable<RunSettings['environment']>
}

/** Runs a plan at a desk's terms: everything not said has its default, nothing is written to the console. */
export async function runWithDefaults(plan: Plan, settings: SettledRun): Promise<RunOutcome> {
  const { inputs, problems, simulate = false, onEvent, signal, only, connect, reporters = [], ...rest } = settings
  const simulation = await simulationOf(simulate)
  const unknown = (only ?? []).filter((id) => !plan.instances.some((each) => each.kind !== 'gate' && each.id === id))
  const all = [
    ...(problems.length > 0 ? problems : describeStale(plan, inputs)),
    ...simulation.problems,
    ...unknown.map((id) => `\`only\` names \`${id}\`, which is not an instance of the plan`),
  ]
  if (all.length > 0) throw new RunSettingsError(all)
  const following: Reporter<ReportModel>[] = onEvent === undefined ? [] : [{ name: 'onEvent', onEvent }]
  const interruption = interruptionBy(signal)
  try {
    return await executeRun({
      ...rest,
      plan,
      inputs,
      only: only ?? null,
      trust: ownTrust,
      reporters: () => [...following, ...reporters],
      ...(simulation.rules !== undefined && { simulation: simulation.rules }),
      ...(signal !== undefined && { before: signal }),
      connect(control) {
        connect?.(control)
        interruption.connect(control)
      },
    })
  } finally {
    interruption.end()
  }
}

function describeStale(plan: Plan, inputs: JsonObject): string[] {
  return Object.entries(plan.compiledInputs ?? {})
    .filter(([name, value]) => inputs[name] !== value)
    .map(
      ([name, value]) =>
        `the plan was compiled with ${JSON.stringify(value)} for the input \`${name}\`: give \`compile\` or \`workflow\` the same \`inputs\``,
    )
}

async function simulationOf(
  simulate: boolean | string,
): Promise<{ readonly rules?: SimulationRules; readonly problems: readonly string[] }> {
  if (typeof simulate === 'boolean') return { ...(simulate && { rules: defaultRules }), problems: [] }
  await loadPatterns()
  const { rules, diagnostics } = parseRules('simulate', simulate)
  return { rules, problems: diagnostics.filter(({ severity }) => severity === 'error').map(sentenceOf) }
}

function sentenceOf({ range, message, hint }: Diagnostic): string {
  const place = range === undefined ? 'simulate' : `simulate:${range.start.line}:${range.start.column}`
  return [`${place}: ${message}`, hint].filter(Boolean).join('. ')
}

/** Passes an abort on to the run, also one that came before there was anything to interrupt. */
function interruptionBy(signal: AbortSignal | undefined) {
  let control: RunControl | undefined
  const interrupt = (): void => control?.interrupt('its caller')
  signal?.addEventListener('abort', interrupt)
  return {
    connect(connected: RunControl | undefined) {
      control = connected
      if (signal?.aborted === true) interrupt()
    },
    end: () => signal?.removeEventListener('abort', interrupt),
  }
}
