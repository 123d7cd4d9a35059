import { resolve } from 'node:path'
import type { RunEvent } from '../core/event.ts'
import { eventSubject } from '../core/event-subject.ts'
import type { Redactor } from '../core/redactor.ts'
import { createRunState, type RunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import { pickEnvironment } from '../agents/environment.ts'
import { customAgents } from '../agents/registry.ts'
import { createProgress } from '../engine/progress.ts'
import { layFoundation, type Foundation } from '../launch/foundation.ts'
import { endRemains } from './end-remains.ts'
import { readHeadCommit } from './head-commit.ts'
import { holdToJob } from './hold-to-job.ts'
import { linksOf } from './links-of.ts'
import type { RunOptions } from './run-options.ts'
import { openPast, type RunPast } from './run-past.ts'
import { createBus, type Bus } from '../journal/bus.ts'
import { openJournal, type JournalFile } from '../journal/journal-file.ts'
import { createRedactor } from '../journal/redactor.ts'
import type { RunDirectory } from '../journal/run-directory.ts'
import { engineOptions } from './engine-options.ts'
import { refuseUnconfined } from './refuse-unconfined.ts'
import { planPosition } from './plan-position.ts'
import { createSteadyClock } from '../process/monotonic-time.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { hideEnvironment } from '../process/hide-environment.ts'
import { buildReport, type ReportModel } from '../report/report-model.ts'
import { withAnswers } from '../report/with-answers.ts'
import { findChanges } from './find-changes.ts'
import { noticesAtStart, noticesOfResumed } from './notices.ts'
import { openCompanions } from './companions.ts'
import { secretNames, secretValues } from './secret-values.ts'
import { writeDiff, writeReports } from './write-reports.ts'
import { openRecorder, writeRecord } from './open-recorder.ts'
import { keepRefreshed } from './keep-refreshed.ts'
import { createLoop, killAfterMs } from './loop.ts'
import { openRunPlace, orRefuse, rootOf } from './run-place.ts'
import { createHeldClock, takeFragments, type HeldClock } from './take-fragments.ts'
import { tuneForReporting } from './tune-v8.ts'
import { installerOf } from './wanted-versions.ts'
import { deedsOf, effectsOf, sharedWorktreesOf } from './earlier-work.ts'
import { memoryFor } from './memory-for.ts'
import { outcomesFor } from './outcomes-for.ts'
import { version } from '../core/version.ts'

/** What is left of a run once everything of it has ended. */
export interface RunOutcome {
  readonly state: RunState
  /** What there is to report, as the reporters were given it. */
  readonly report: ReportModel
  readonly directory: RunDirectory
  /** Set when the journal could not be written: the run was stopped, its record is incomplete. */
  readonly journalError: Error | undefined
}

/**
 * Runs a plan from its first event to its last report. Rejects only for a bug of ours, and before anything has begun with RunDirectoryError, and with
 * ChangesError where the plan asks what changed and git cannot tell.
 */
export async function executeRun(given: RunOptions): Promise<RunOutcome> {
  const { plan: whole, shard, jobEnvironment } = given
  const plan = holdToJob(whole, {
    ...(shard && { shard: shard.part }),
    ...(jobEnvironment !== undefined && { environment: jobEnvironment }),
  })
  const options = { ...given, plan, workspace: resolve(given.workspace) }
  await refuseUnconfined(options)
  let made: Redactor | undefined
  const redactor = (): Redactor => (made ??= redactorOf(options))
  // A resumed run keeps what its journal says.
  const changes =
    options.resume === undefined
      ? await findChanges(options, (text) => redactor().text(text))
      : { found: undefined, notices: [] }
  const {
    directory,
    hold: { claim, release },
  } = openRunPlace(options, new Date(), createRunId)
  const foundation = layFoundation({ runId: directory.id, claim, environment: options.environment })
  try {
    orRefuse(() => writeDiff(directory.path, changes.found))
    const links = options.resume === undefined ? await linksOf(options, rootOf(options)) : undefined
    const past = await openPast(
      options,
      rootOf(options),
      directory.id,
      createSteadyClock(Date.now, options.resume?.state.at),
    )
    // Made while what starts programs gets ready, unless it was needed before.
    return await runWithin(directory, redactor(), { ...options, claim, foundation, changes, past, links })
  } finally {
    await foundation.close()
    release()
  }
}

function redactorOf({ plan, environment, workspace, secrets = [] }: RunOptions): Redactor {
  return createRedactor([...secretValues(plan, environment, workspace), ...secrets])
}

type HeldRun = RunOptions & {
  readonly claim: number
  readonly foundation: Foundation
  readonly changes: Awaited<ReturnType<typeof findChanges>>
  readonly past: RunPast
  readonly links: Awaited<ReturnType<typeof linksOf>>
  readonly found?: Awaited<ReturnType<typeof outcomesFor>>
}

type OpenRun = HeldRun & { readonly clock: HeldClock }

/** The run, in a directory that nobody else works in. */
async function runWithin(directory: RunDirectory, redactor: Redactor, options: HeldRun): Promise<RunOutcome> {
  const { plan, past } = options
  const failures: Error[] = []
  const journal = orRefuse(() =>
    openJournal(directory.journalPath, (error) => failures.push(error), options.seal?.(directory.sealPath)),
  )
  const { sarif } = plan.report
  const outcomes = await outcomesFor(options, rootOf(options), directory, () => bus)
  const reporters = [
    ...(await options.reporters(directory)),
    ...(past.shared === undefined ? [] : [past.shared.reporter]),
    ...(outcomes === undefined ? [] : [outcomes.reporter]),
    ...(sarif === undefined
      ? []
      : [(await import('./sarif-reporter.ts')).createSarifReporter(sarif, options.workspace)]),
  ]
  const clock = createHeldClock(createSteadyClock(Date.now, options.resume?.state.at), options.shard)
  const bus: Bus<ReportModel> = createBus({
    journal,
    redactor,
    reporters,
    clock: () => clock.now(),
    state: options.resume?.state ?? createRunState(readerOfTexts(directory.path)),
    ...(options.resume && { nextSeq: options.resume.nextSeq }),
  })
  const stopRefreshing = keepRefreshed(reporters)
  try {
    await carryOut(directory, bus, redactor, journal, { ...options, found: outcomes, clock })
    tuneForReporting(bus.state.instances.size)
    await outcomes?.close()
    const report = await leaveReports(bus, directory, redactor, past)
    await past.remember(bus.state)
    await bus.end(options.reportDeadline?.() ?? 60_000, report)
    await journal.close()
    return { state: bus.state, report, directory, journalError: bus.failed ?? failures[0] }
  } finally {
    stopRefreshing()
    for (const reporter of reporters) reporter.close?.()
  }
}

/** Writes the two reports of the run directory; returns what all others are made of. */
async function leaveReports(
  bus: Bus<ReportModel>,
  directory: RunDirectory,
  redactor: Redactor,
  { earlier }: RunPast,
): Promise<ReportModel> {
  const build = (): Promise<ReportModel> =>
    withAnswers({ ...buildReport(bus.state), ...(earlier !== undefined && { earlier }) }, (text) => redactor.text(text))
  const report = await build()
  try {
    writeReports(report, directory)
    return report
  } catch (error) {
    bus.record({ type: 'report.failed', reporter: 'run directory', detail: messageOf(error) })
    return build()
  }
}

/**
 * From the first event to the last process. What was needed to decide goes with this function: when the reports are made, there is only the
 * state of the bus.
 */
async function carryOut(
  directory: RunDirectory,
  bus: Bus<ReportModel>,
  redactor: Redactor,
  journal: JournalFile,
  options: OpenRun,
) {
  const { plan, environment, workspace, past, shard } = options
  const subject = eventSubject(options.github?.['event'])
  const recorder = options.record === undefined ? undefined : await openRecorder()
  const [companions, ahead] = await Promise.all([
    openCompanions({ directory, redactor, simulation: options.simulation }),
    options.resume === undefined ? noticesAtStart(options, Date.now()) : [],
  ])
  const loop = createLoop(
    bus,
    createProgress({
      ...engineOptions(options, past.durations),
      readText: bus.state.readText,
    }),
    {
      runId: directory.id,
      runDirectory: directory.path,
      claim: options.claim,
      foundation: options.foundation,
      workspace,
      environment,
      declared: await customAgents(plan.runtimes),
      ...(await installerOf(options)),
      redactor,
      prices: plan.prices ?? {},
      ...(recorder && { record: (task, { api, served }) => recorder.add(task, api, served) }),
      position: (id) => planPosition(bus.state, id),
      reviewed: () => bus.state.started?.context,
      applied: effectsOf(bus.state),
      sharedWorktrees: sharedWorktreesOf(bus.state),
      trust: options.trust,
      ...(subject !== undefined && { subject }),
      ...(plan.effects && { bounds: plan.effects, earlierDeeds: deedsOf(bus.state) }),
      ...(plan.obeys && { obeys: plan.obeys }),
      graceMs: killAfterMs,
      hideEnvironment: (names) => hideEnvironment(process.env, [...names, ...secretNames(plan, process.env)]),
      ...(options.found && { outcomes: options.found }),
      ...(await memoryFor(options, () => rootOf(options))),
      ...(options.effects !== undefined && { effects: options.effects((text) => redactor.text(text)) }),
      provide: (task) => companions.environmentFor(task),
    },
  )
  past.shared?.connect((event) => loop.send(event))
  try {
    options.connect?.(loop.control)
    if (options.resume === undefined) {
      loop.send(firstEvent(options, directory))
      for (const notice of [...ahead, ...(shard?.notices ?? [])]) loop.send(notice)
      if (shard !== undefined) takeFragments(shard, directory.path, options.clock, loop.send)
    } else {
      await endRemains(directory.id, environment)
      const notices = noticesOfResumed(plan, environment, options.resume.state.notices)
      await loop.replay(options.resume, version, [...notices, ...(past.shared?.onResume ?? [])])
    }
    await loop.finished
    journal.sync()
  } finally {
    await loop.close()
    options.connect?.(undefined)
    await companions.close()
    if (recorder !== undefined && options.record !== undefined) writeRecord(recorder, options.record, redactor, bus)
  }
}

/** Eight hex digits: names the run among those of this repository, and marks its processes. */
function createRunId(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}

function firstEvent(options: HeldRun, directory: RunDirectory): RunEvent {
  const { plan, inputs, changes, past } = options
  for (const [name, value] of Object.entries(plan.compiledInputs ?? {}))
    if (JSON.stringify(inputs[name]) !== JSON.stringify(value))
      throw new Error(`the plan was compiled with another value of inputs.${name}`)
  const simulated = options.simulation !== undefined
  return {
    type: 'run.started',
    runId: directory.id,
    version,
    simulated,
    plan,
    context: {
      inputs: options.inputs,
      env: { ...pickEnvironment(options.environment, plan.stepEnv ?? []), ...plan.env },
      github: options.github ?? {},
      runner: options.runner ?? {},
      run: { id: directory.id, name: plan.name, directory: directory.path, simulated },
      ...(options.cell && { cell: options.cell }),
      ...(changes.found && { changes: changes.found.changes }),
      ...(options.links && { links: options.links }),
      ...(changes.found?.past && { earlier: changes.found.past.earlier }),
      ...(changes.found?.past?.since && { since: changes.found.past.since }),
    },
    only: options.only,
    commit: readHeadCommit(options.workspace),
    ...(past.shared && { earlier: past.shared.earlier }),
    ...(options.shard && { shard: options.shard.part }),
  }
}
