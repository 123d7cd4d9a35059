import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseFolder, withBaseFiles } from './base-files.ts'
import { check, explainNewFile, isUnwanted, showProblems } from './check.ts'
import { linksOf } from './links.ts'
import { openFiles, planFile, planSingle, type ObeyedFiles, type Ready } from './plan.ts'
import { storeFor, withInstalls } from './installs.ts'
import { noShards, reportOfMode } from './shard-reporting.ts'
import { readSimulation } from './simulation.ts'
import { endStep, exit, type Ending, type Interruption } from './end-step.ts'
import {
  askTrust,
  environmentFor,
  leaveOut,
  noteLeftOutByShards,
  noteReadOnly,
  obeyCommits,
  warnOfPermissions,
} from './trust.ts'
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
import type { Plan } from '../core/plan.ts'
import { RefusalError } from '../core/refusal.ts'
import { openReporters, type Reporter } from '../core/reporter.ts'
import { messageOf } from '../core/message-of.ts'
import { shortageOf } from '../core/shortage.ts'
import type { Trust } from '../github/trust.ts'
import { earlierOf } from './earlier.ts'
import { memoryOf, performerOf } from './effects.ts'
import { earlierAttemptOf, outcomesOf } from './outcomes-of.ts'
import { createSeal, sealedWord } from '../journal/seal.ts'
import { readInputs, type ActionInputs } from '../github/inputs.ts'
import { githubReporters } from '../github/reporters.ts'
import { commonReporters } from '../report/reporters.ts'
import { listenToEndingSignals } from '../process/ending-signals.ts'
import { keepHeapSmall, leaveV8Alone } from '../run/tune-v8.ts'
import { noHistory, noMemory } from './no-stores.ts'
import { executeRun, type RunOutcome } from '../run/execute-run.ts'
import type { RunShard } from '../run/run-shard.ts'
import { RunDirectoryError } from '../run/run-place.ts'
import type { RunOptions } from '../run/run-options.ts'

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

async function main(): Promise<void> {
  const interruption: Interruption = {
    control: undefined,
    state: undefined,
    report: undefined,
    at: undefined,
    before: new AbortController(),
    outputs: {},
  }
  const runner = openCommands(process.env)
  const { commands, files } = runner
  let finished = false
  const finish = (code: Ending): void => {
    if (!finished) endStep(commands, files, interruption, code)
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
    const shortage = shortageOf(error)
    if (shortage !== undefined) {
      commands.annotate('error', shortage)
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
  if (given.mode === 'plan') interruption.outputs = noShards
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
  if (inputs.mode === 'plan') {
    const outputs = await (
      await import('./fan-out.ts')
    ).planShards(step, inputs, planned, {
      root: makeRoot(step),
      simulated: simulation !== undefined,
      before: signal,
    })
    interruption.outputs = outputs ?? noShards
    return outputs === undefined ? exit.failure : exit.success
  }
  const root = makeRoot(step)
  const part = await partOf(step, inputs, planned, simulation !== undefined, root)
  if (part === undefined) return exit.failure
  const installing = withInstalls(part.plan, inputs.install)
  if ('problems' in installing) {
    for (const problem of installing.problems) step.commands.annotate('error', problem)
    return exit.failure
  }
  const plan =
    obeyed.commit === undefined ? installing : await withBaseFiles(installing, obeyed.read, join(root, baseFolder))
  const around = { root, trust: await trust, simulation, obeyed, shard: part.shard }
  return run(step, inputs, { ...planned, plan }, around, interruption)
}

/** What of the file this job runs: all of it, or in modes `shard` and `collect` what these say. */
async function partOf(
  step: ActionStep,
  inputs: ActionInputs,
  planned: Ready,
  simulated: boolean,
  root: string,
): Promise<{ readonly plan: Plan; readonly shard?: RunShard } | undefined> {
  if (inputs.mode !== 'shard' && inputs.mode !== 'collect') return { plan: planned.plan }
  return (await import('./fan-out.ts')).openStepShard(step, inputs, planned, simulated, root)
}

/** What a run is given besides its plan. */
interface Around {
  readonly root: string
  readonly trust: Trust
  readonly simulation: RunOptions['simulation']
  readonly obeyed: ObeyedFiles
  readonly shard: RunShard | undefined
}

async function run(
  step: ActionStep,
  inputs: ActionInputs,
  planned: Ready,
  { root, trust, simulation, obeyed, shard }: Around,
  interruption: Interruption,
): Promise<number> {
  const { commands, context } = step
  const runs = inputs.mode !== 'collect'
  const plan = simulation === undefined && runs ? leaveOut(planned.plan, step, trust, obeyed.notes) : planned.plan
  if (!runs && shard !== undefined) noteLeftOutByShards(shard, trust, obeyed.notes)
  if (interruption.at !== undefined) return exit.interrupted
  const seal = sealOf(step)
  const { environment, withheld } = environmentFor(step, plan, trust)
  if (runs) noteReadOnly(step, plan, trust)
  if (simulation === undefined) await warnOfPermissions(step, plan, obeyed)
  const state: Reporter = {
    name: 'state',
    onEvent(_event, runState) {
      interruption.state = runState
    },
  }
  const packageStore = storeFor(step, trust)
  const { proven, ...earlier } =
    shard === undefined ? await earlierAttemptOf(step, inputs, plan, planned.inputs, root) : {}
  const outcome = await executeRun({
    plan,
    inputs: planned.inputs,
    only: inputs.mode === 'shard' ? null : inputs.only,
    ...(shard !== undefined && { shard }),
    ...(inputs.mode === 'shard' && inputs.fanOut.environment !== '' && { jobEnvironment: inputs.fanOut.environment }),
    ...(inputs.maxParallel !== undefined && { maxParallel: inputs.maxParallel }),
    workspace: context.workspace,
    root,
    history: noHistory,
    environment,
    secrets: [...ownSecrets(step.environment, inputs.token), ...withheld],
    ...(simulation !== undefined && { simulation }),
    async reporters(directory) {
      const own = reportingOf(step, inputs, reportOfMode(plan.report, inputs), directory.path, consoleOf(commands))
      const reporting = leaveToPost(step, directory.path, own)
      return [state, ...(await openReporters([...commonReporters, ...githubReporters], reporting))]
    },
    connect(control) {
      // Not earlier: once a flag is set, V8 no longer takes the code that Node's own modules come with.
      if (process.env['ORCHESTRATOR_NO_V8_TUNING'] === '1') leaveV8Alone()
      keepHeapSmall()
      interruption.control = control
    },
    trust: { tree: context.configCommit === undefined, event: trust.level === 'trusted' },
    ...(simulation === undefined && { effects: performerOf(step, inputs, plan, trust) }),
    memory: (await memoryOf(step, inputs, plan, trust)) ?? noMemory,
    ...outcomesOf(step, inputs, plan, trust, root),
    ...earlier,
    notes: obeyed.notes,
    github: context.github,
    cell: inputs.cell,
    ...earlierOf(step, inputs, plan),
    ...linksOf(step, inputs, root),
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
  if (inputs.mode === 'shard' && interruption.at === undefined) return endShard(step, inputs, outcome)
  if (outcome.state.ended?.result === 'success') return exit.success
  return interruption.at === undefined ? exit.failure : exit.interrupted
}

/** A shard has done its work when others can see what it came to: what that means is for whoever collects. One that is to cancel others has to fail. */
function endShard({ commands }: ActionStep, { fanOut }: ActionInputs, { state, journalError }: RunOutcome): number {
  if (journalError === undefined && state.delivered.has('artifact'))
    return fanOut['fail-fast'] === 'true' && state.ended?.result === 'failure' ? exit.failure : exit.success
  commands.annotate('error', 'Other jobs cannot see what this shard came to: its artifact is not there.')
  return exit.failure
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

await main()
