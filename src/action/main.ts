import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withBaseFiles } from './base-files.ts'
import { check, explainNewFile, isUnwanted, showProblems } from './check.ts'
import { openFiles, planFile, planSingle, type ObeyedFiles, type Ready } from './plan.ts'
import { storeFor, withInstalls } from './installs.ts'
import { readSimulation } from './simulation.ts'
import { outputsOf, outputsWithoutRun } from './outputs.ts'
import { askTrust, environmentFor, leaveOut, noteReadOnly, obeyCommits, warnOfPermissions } from './trust.ts'
import {
  consoleOf,
  openCommands,
  openStep,
  ownSecrets,
  reportingOf,
  reportedState,
  sealOf,
  warnOfFailedReports,
} from './step.ts'
import { leaveToPost } from './left-to-post.ts'
import type { ActionStep } from './step.ts'
import { readCommand } from '../core/comment-commands.ts'
import { RefusalError } from '../core/refusal.ts'
import { openReporters, type Reporter } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import type { Trust } from '../github/trust.ts'
import type { FileCommands } from '../github/file-commands.ts'
import type { WorkflowCommands } from '../github/workflow-commands.ts'
import { earlierOf } from './earlier.ts'
import { memoryOf, performerOf } from './effects.ts'
import { earlierAttemptOf, outcomesOf } from './outcomes-of.ts'
import { createSeal, sealedWord } from '../journal/seal.ts'
import { readInputs, type ActionInputs } from '../github/inputs.ts'
import { githubReporters } from '../github/reporters.ts'
import type { ReportModel } from '../report/report-model.ts'
import { commonReporters } from '../report/reporters.ts'
import type { RunControl } from '../run/control.ts'
import { listenToEndingSignals } from '../process/ending-signals.ts'
import { keepHeapSmall } from '../run/tune-v8.ts'
import { noHistory, noMemory } from './no-stores.ts'
import { executeRun, RunDirectoryError } from '../run/execute-run.ts'
import type { RunOptions } from '../run/run-options.ts'

/** Exit codes, as the command line's. */
const exit = { success: 0, failure: 1, bug: 3, interrupted: 130 } as const

/** How a step ended: its exit code, or that there was nothing to run. */
type Ending = number | 'skipped'

/**
 * After SIGINT the runner waits 7.5 s, then 2.5 s more after SIGTERM. We are gone well before, on a busy machine as well: what cleans up has had
 * its time, what is left is killed, the reports are out and everything of ours is on disk.
 */
const interruptionLimits = { cleanupMs: 3000, killMs: 1000 } as const
const lastReportMs = 4500
const lastExitMs = 4800
/** The same where nothing runs any more: what is not delivered yet is left to `post`. */
const lastDeliveryMs = 1500
const reportDeadlineMs = 120_000

/** What signals act on: the run once there is one. */
interface Interruption {
  control: RunControl | undefined
  state: RunState | undefined
  /** Once the run has ended. */
  report: ReportModel | undefined
  /** `performance.now()` of the first signal. */
  at: number | undefined
  readonly before: AbortController
}

async function main(): Promise<void> {
  const interruption: Interruption = {
    control: undefined,
    state: undefined,
    report: undefined,
    at: undefined,
    before: new AbortController(),
  }
  const runner = openCommands(process.env)
  const { commands, files } = runner
  let finished = false
  const finish = (code: Ending): void => {
    if (!finished) end(commands, files, interruption, code)
    finished = true
  }
  try {
    listen(interruption, finish)
    const step = openStep(runner)
    const reading = readInputs(process.env)
    if (reading.problems !== undefined) {
      for (const problem of reading.problems) commands.annotate('error', problem)
      return finish(exit.failure)
    }
    return finish(await act(step, reading.inputs, interruption))
  } catch (error) {
    if (interruption.at !== undefined && interruption.state === undefined) return finish(exit.interrupted)
    const message = messageOf(error)
    if (error instanceof RefusalError) {
      commands.annotate('error', error.hint === undefined ? message : `${message}. ${error.hint}`)
      return finish(exit.failure)
    }
    commands.print(`${error instanceof Error ? error.stack : message}\n`)
    commands.annotate('error', `This is a bug in the orchestrator: ${message}`)
    return finish(exit.bug)
  }
}

async function act(started: ActionStep, given: ActionInputs, interruption: Interruption): Promise<Ending> {
  const step = obeyCommits(started, given)
  const { signal } = interruption.before
  // Clients of the toolkit look for programs by themselves.
  process.env['PATH'] = step.environment['PATH'] ?? ''
  if (given.mode === 'check') return (await check(step, given)) ? exit.success : exit.failure
  if (given.mode === 'publish') {
    const { publish } = await import('./publish.ts')
    const published = await publish(step, given, signal)
    return published === 'skipped' ? published : published ? exit.success : exit.failure
  }
  const trust = askTrust(step, given, signal)
  const obeyed = openFiles(step, given, signal)
  const { eventName, payload } = step.context
  const asked = given.mode === 'run' ? readCommand(eventName, payload) : undefined
  const commanded = asked && (await (await import('./commands.ts')).obeyCommand(step, given, asked, obeyed, signal))
  if (commanded !== undefined && 'ending' in commanded) return commanded.ending
  const inputs = commanded?.inputs ?? given
  const planned = inputs.mode === 'single' ? planSingle(step, inputs) : await planFile(step, inputs, obeyed)
  showProblems(step, planned)
  if (planned.plan === undefined && planned.isNew) {
    explainNewFile(step, inputs.config[0] ?? '', planned)
    return 'skipped'
  }
  if (asked === undefined && (await isUnwanted(step, planned, signal))) return 'skipped'
  const simulation = await readSimulation(step, inputs, obeyed)
  if (planned.plan === undefined || simulation === null) return exit.failure
  const installing = withInstalls(planned.plan, inputs.install)
  if ('problems' in installing) {
    for (const problem of installing.problems) step.commands.annotate('error', problem)
    return exit.failure
  }
  const root = makeRoot(step)
  const plan =
    obeyed.commit === undefined ? installing : await withBaseFiles(installing, obeyed.read, join(root, 'base'))
  return run(step, inputs, { ...planned, plan }, { root, trust: await trust, simulation, obeyed }, interruption)
}

/** What a run is given besides its plan. */
interface Around {
  readonly root: string
  readonly trust: Trust
  readonly simulation: RunOptions['simulation']
  readonly obeyed: ObeyedFiles
}

async function run(
  step: ActionStep,
  inputs: ActionInputs,
  planned: Ready,
  { root, trust, simulation, obeyed }: Around,
  interruption: Interruption,
): Promise<number> {
  const { commands, context } = step
  const plan = simulation === undefined ? leaveOut(planned.plan, step, trust, obeyed.notes) : planned.plan
  if (interruption.at !== undefined) return exit.interrupted
  const seal = sealOf(step)
  const { environment, withheld } = environmentFor(step, plan, trust)
  noteReadOnly(step, plan, trust)
  if (simulation === undefined) await warnOfPermissions(step, plan, obeyed)
  const state: Reporter = {
    name: 'state',
    onEvent(_event, runState) {
      interruption.state = runState
    },
  }
  const packageStore = storeFor(step, trust)
  const { proven, ...earlier } = await earlierAttemptOf(step, inputs, plan, planned.inputs, root)
  const outcome = await executeRun({
    plan,
    inputs: planned.inputs,
    only: inputs.only,
    ...(inputs.maxParallel !== undefined && { maxParallel: inputs.maxParallel }),
    workspace: context.workspace,
    root,
    history: noHistory,
    environment,
    secrets: [...ownSecrets(step.environment, inputs.token), ...withheld],
    ...(simulation !== undefined && { simulation }),
    async reporters(directory) {
      const own = reportingOf(step, inputs, plan.report, directory.path, consoleOf(commands))
      const reporting = leaveToPost(step, directory.path, own)
      return [state, ...(await openReporters([...commonReporters, ...githubReporters], reporting))]
    },
    connect(control) {
      // Not earlier: once a flag is set, V8 no longer takes the code that Node's own modules come with.
      if (process.env['ORCHESTRATOR_NO_V8_TUNING'] !== '1') keepHeapSmall()
      interruption.control = control
    },
    trust: { tree: context.configCommit === undefined, event: trust.level === 'trusted' },
    ...(simulation === undefined && { effects: performerOf(step, inputs, plan, trust) }),
    memory: (await memoryOf(step, inputs, plan, trust)) ?? noMemory,
    ...outcomesOf(step, inputs, plan, trust, root),
    ...earlier,
    notes: obeyed.notes,
    github: context.github,
    ...earlierOf(step, inputs, plan),
    before: interruption.before.signal,
    readCommitted: obeyed.read,
    ...(packageStore && { packageStore }),
    runner: context.runner,
    ...(seal !== undefined && { seal: (path: string) => createSeal({ ...seal, path }, proven) }),
    reportDeadline() {
      const { at } = interruption
      return at === undefined ? reportDeadlineMs : Math.max(200, lastReportMs - (performance.now() - at))
    },
  })
  if (interruption.at === undefined) await packageStore?.finish()
  interruption.state = outcome.state
  interruption.report = outcome.report
  if (seal !== undefined && interruption.at === undefined)
    step.files.saveState(reportedState, sealedWord(seal, reportedState))
  warnOfFailedReports(commands, outcome.state.failedReports.values())
  if (outcome.journalError !== undefined)
    commands.annotate('warning', `The journal of the run is incomplete: ${outcome.journalError.message}`)
  if (outcome.state.ended?.result === 'success') return exit.success
  return interruption.at === undefined ? exit.failure : exit.interrupted
}

/** Where everything of this step is kept: a new directory of the runner's, which no checkout and no earlier step has brought anything into. */
function makeRoot({ environment }: ActionStep): string {
  try {
    return mkdtempSync(join(environment['RUNNER_TEMP'] || tmpdir(), 'orchestrator-'))
  } catch (error) {
    throw new RunDirectoryError(messageOf(error))
  }
}

/** Signals of the runner: the run stops and reports at once, the process ends before the runner ends it. */
function listen(interruption: Interruption, finish: (code: number) => void): void {
  const interrupt = (signal: string): void => {
    if (interruption.at !== undefined) return
    interruption.at = performance.now()
    interruption.before.abort()
    interruption.control?.interrupt(signal, interruptionLimits)
    const delivering = interruption.state?.ended !== undefined
    setTimeout(() => finish(exit.interrupted), delivering ? lastDeliveryMs : lastExitMs)
  }
  listenToEndingSignals(process, (signal) => {
    interrupt(signal)
    if (signal === 'SIGTERM') interruption.control?.kill(signal)
  })
}

/** Sets the outputs, whatever happened, and ends the process once what it printed has been read. */
function end(commands: WorkflowCommands, files: FileCommands, { state, report }: Interruption, ending: Ending): void {
  commands.flush()
  const code = ending === 'skipped' ? exit.success : ending
  const { values, warning } = state === undefined ? outputsWithoutRun(resultOf(ending)) : outputsOf(state, report)
  if (warning !== undefined) commands.annotate('warning', warning)
  try {
    for (const [name, value] of Object.entries(values)) files.setOutput(name, value)
  } catch (error) {
    commands.annotate('error', `The outputs of this step could not be written: ${messageOf(error)}`)
    if (code === exit.success) process.exitCode = exit.failure
  }
  takeBack(commands, files)
  process.exitCode ??= code
  process.stdout.write('', () => process.exit())
}

/** What processes of the run wrote into the files of the runner is undone, and said. */
function takeBack(commands: WorkflowCommands, files: FileCommands): void {
  try {
    const touched = files.restore()
    if (touched.length > 0)
      commands.annotate(
        'warning',
        `A process of this run wrote to ${touched.join(', ')}, which are for the step itself to write. That was taken back.`,
      )
  } catch (error) {
    commands.annotate('warning', `The files of this step are not as it left them: ${messageOf(error)}`)
  }
}

function resultOf(code: Ending): 'success' | 'failure' | 'cancelled' | 'skipped' {
  if (code === 'skipped') return code
  return code === exit.success ? 'success' : code === exit.interrupted ? 'cancelled' : 'failure'
}

await main()
