import { join, relative, resolve } from 'node:path'
import { ownTrust } from '../core/run-trust.ts'
import { ChangesError } from '../core/changes-error.ts'
import { RefusalError, refusalOf } from '../core/refusal.ts'
import type { JsonObject } from '../core/json.ts'
import type { Plan } from '../core/plan.ts'
import type { RecoveredRun } from '../run/recovered-run.ts'
import type { RunShard } from '../run/run-shard.ts'
import type { RunControl } from '../run/control.ts'
import type { SimulationRules } from '../simulate/rules.ts'
import { openReporters } from '../core/reporter.ts'
import type { ConsoleOptions } from '../report/console-options.ts'
import { commonReporters } from '../report/reporters.ts'
import { renderRunJson } from '../report/run-json.ts'
import { tuneForRunning } from '../run/tune-v8.ts'
import { readTextIfThere } from '../process/read-named-file.ts'
import { executeRun, type RunOutcome } from '../run/execute-run.ts'
import { RunDirectoryError } from '../run/run-place.ts'
import type { ExitCode } from './exit-code.ts'
import { complain, refuse } from './complain.ts'
import type { Output, Surroundings } from './surroundings.ts'

/** What a command asks of a run. */
export interface RunRequest {
  readonly plan: Plan
  readonly inputs: JsonObject
  readonly only: readonly string[] | null
  readonly maxParallel: number | undefined
  readonly runDirectory: string | undefined
  /** Where the answers of its models are recorded. */
  readonly record?: string | undefined
  readonly simulation: SimulationRules | undefined
  readonly resume?: RecoveredRun
  /** That it is a part of a run, or collects the parts. */
  readonly shard?: RunShard
  /** Where instances run. */
  readonly workspace: string
  /** What expressions read of GitHub; an earlier run keeps its own. */
  readonly context?: { readonly github: JsonObject; readonly runner: JsonObject }
  /** What to tell changes against. */
  readonly base?: string | undefined
  readonly quiet: boolean
  /** Shows what instances print while they run. */
  readonly verbose: boolean
  /** Outcomes of earlier runs are neither taken nor kept. */
  readonly noCache?: boolean
  /** `run.json` to standard output, everything else to standard error. */
  readonly json: boolean
  /** Progress to standard error, because standard output is for the answer. */
  readonly progressToErr?: boolean
  /** Called when the run has ended and its reports are out. */
  readonly conclude?: (outcome: RunOutcome) => void
}

/** Runs a plan at a console: progress, signals, the result as an exit code. */
export async function runPlan(request: RunRequest, around: Surroundings): Promise<ExitCode> {
  if (request.quiet && request.verbose) return refuse(around, { mistake: '--quiet and --verbose cannot be combined' })
  const interruption = listen(around)
  try {
    tuneForRunning(request.plan.instances.length)
    const outcome = await executeRun({
      plan: request.plan,
      inputs: request.inputs,
      only: request.only,
      ...(request.maxParallel !== undefined && { maxParallel: request.maxParallel }),
      workspace: request.workspace,
      readCommitted: async (path) => readTextIfThere(join(around.root, path)),
      ...request.context,
      ...(request.base !== undefined && { base: request.base }),
      before: interruption.before,
      ...(request.runDirectory !== undefined && { runDirectory: request.runDirectory }),
      ...(request.record !== undefined && { record: resolve(around.cwd, request.record) }),
      environment: around.environment,
      ...(request.simulation !== undefined && { simulation: request.simulation }),
      ...(request.resume !== undefined && { resume: request.resume }),
      ...(request.shard !== undefined && { shard: request.shard }),
      trust: ownTrust,
      ...(!request.noCache && {
        outcomes: async () => (await import('../run/local-outcomes.ts')).localOutcomes(around.environment),
      }),
      async reporters(directory) {
        around.watch({ journalPath: directory.journalPath, kill: () => interruption.control()?.abandon() })
        const follower = request.verbose ? await openFollower(directory.path, request, around) : undefined
        const console = { ...consoleOf(request, around), ...(follower && { follower }) }
        return openReporters(commonReporters, {
          directory: directory.path,
          settings: request.plan.report,
          console,
          debug: wantsDebug(around) ? (line) => around.err.write(`debug: ${line}\n`) : undefined,
        })
      },
      connect: (control) => interruption.connect(control),
    })
    around.watch(undefined)
    conclude(outcome, request, around)
    return exitCodeOf(outcome)
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    if (error instanceof ChangesError && interruption.before.aborted) return 130
    const hint = error instanceof RunDirectoryError ? 'name another one with --run-dir DIR' : error.hint
    return refuse(around, refusalOf(error, hint))
  } finally {
    interruption.end()
  }
}

/** Whether each decision is to be explained; RUNNER_DEBUG is what a workflow that is run again with debug logging has. */
function wantsDebug({ environment }: Surroundings): boolean {
  return environment['ORCHESTRATOR_DEBUG'] === '1' || environment['RUNNER_DEBUG'] === '1'
}

async function openFollower(directory: string, { plan, workspace }: RunRequest, around: Surroundings) {
  const [{ followOutput }, { maskOutput }] = await Promise.all([
    import('./follow-output.ts'),
    import('./mask-output.ts'),
  ])
  return followOutput(directory, maskOutput(plan, workspace, around))
}

function consoleOf(request: RunRequest, around: Surroundings): ConsoleOptions {
  const output = progressOf(request, around)
  return {
    write: (text) => output.write(text),
    interactive: output.interactive && !wantsDebug(around),
    colour: output.colour,
    columns: () => output.columns(),
    rows: () => output.rows(),
    now: around.now,
    quiet: request.quiet,
    answers: request.progressToErr !== true,
  }
}

/** Signals by which a person insists; others (`ulimit -t`, a batch system) come again by themselves. */
const pressing: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'])

/** First signal: stop in order. Second, or SIGQUIT: kill at once. */
function listen(around: Surroundings) {
  let control: RunControl | undefined
  let asked: { readonly signal: string; readonly how: 'interrupt' | 'kill' } | undefined
  const before = new AbortController()
  const tell = (): void => {
    if (asked === undefined) return
    before.abort()
    control?.[asked.how](asked.signal)
  }
  const end = around.onInterrupt((signal) => {
    if (asked !== undefined && !pressing.has(signal)) return
    asked = { signal, how: asked === undefined && signal !== 'SIGQUIT' ? 'interrupt' : 'kill' }
    tell()
  })
  return {
    end,
    before: before.signal,
    control: () => control,
    connect(connected: RunControl | undefined) {
      control = connected
      tell()
    },
  }
}

function conclude(outcome: RunOutcome, request: RunRequest, around: Surroundings): void {
  const { report, directory, journalError } = outcome
  if (journalError !== undefined)
    complain(around, { mistake: `the journal is incomplete, and the run was stopped: ${journalError.message}` })
  if (request.json) for (const piece of renderRunJson(report)) around.out.write(piece)
  if (!request.quiet) {
    const output = progressOf(request, around)
    const path = relative(around.cwd, directory.path)
    output.write(`  ${path.startsWith('..') || path === '' ? directory.path : path}\n`)
  }
  request.conclude?.(outcome)
}

function progressOf({ json, progressToErr }: RunRequest, around: Surroundings): Output {
  return json || progressToErr === true ? around.err : around.out
}

function exitCodeOf({ state, journalError }: RunOutcome): ExitCode {
  if (journalError !== undefined) return 1
  if (state.ended?.result === 'success') return 0
  return state.interrupted === undefined || state.interrupted.cause === 'run-timeout' ? 1 : 130
}
