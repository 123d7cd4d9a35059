import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { endLeftComment } from './left-to-post.ts'
import { proveJournal, type Proof } from './proven-journal.ts'
import {
  openCommands,
  openStep,
  ownSecrets,
  reportedState,
  reportingOf,
  runDirectoryState,
  sealOf,
  warnOfFailedReports,
} from './step.ts'
import type { ActionStep } from './step.ts'
import { openReporters } from '../core/reporter.ts'
import { createRunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { readInputs } from '../github/inputs.ts'
import { githubReporters } from '../github/reporters.ts'
import { createBus } from '../journal/bus.ts'
import { openJournal } from '../journal/journal-file.ts'
import { foldJournal } from '../journal/read-journal.ts'
import { runDirectoryAt } from '../journal/run-directory.ts'
import { reportOfMode } from './shard-reporting.ts'
import { createSeal, sealedWord } from '../journal/seal.ts'
import { createRedactor } from '../journal/redactor.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { buildReport } from '../report/report-model.ts'
import { createSteadyClock } from '../process/monotonic-time.ts'
import { endRemains } from '../run/end-remains.ts'
import { withCourse } from '../report/run-course.ts'
import { withAnswers } from '../report/with-answers.ts'
import { writeReports } from '../run/write-reports.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** The runner ends a job's post steps after 5 minutes. */
const reportDeadlineMs = 60_000

/** Delivers what `main` of this step could not: it crashed, was killed, or ran out of time. Never fails the job. */
async function main(): Promise<void> {
  const runner = openCommands(process.env)
  const { commands } = runner
  try {
    const directory = process.env[`STATE_${runDirectoryState}`]
    const { inputs } = readInputs(process.env)
    if (directory && inputs !== undefined) await deliver(openStep(runner), inputs, directory)
  } catch (error) {
    commands.annotate('warning', `The reports of the run are incomplete: ${messageOf(error)}`)
  }
  commands.flush()
  // What a service that never answers keeps open does not keep us.
  process.stdout.write('', () => process.exit())
}

async function deliver(step: ActionStep, inputs: ActionInputs, directory: string): Promise<void> {
  const seal = sealOf(step)
  const said = step.environment[`STATE_${reportedState}`]
  if (seal !== undefined && said === sealedWord(seal, reportedState)) return
  const { journalPath, sealPath } = runDirectoryAt(directory, '')
  const proof = proveJournal(journalPath, seal && { ...seal, path: sealPath })
  if (proof.kind === 'forged') {
    const what = 'The main step was cut short, and its record was changed afterwards'
    step.commands.annotate('warning', `${what}: ${proof.why}. None of it is reported.`)
    return await endLeftComment(step, inputs, proof.why, AbortSignal.timeout(reportDeadlineMs))
  }
  const state = createRunState(readerOfTexts(directory))
  const nextSeq = foldJournal(journalPath, state)
  const { started } = state
  if (started === undefined) return
  // What failed although nobody pressed would only take its time once more.
  const mayRetry = state.interrupted !== undefined || state.ended === undefined
  const undelivered = githubReporters.filter(
    ({ name }) => !state.delivered.has(name) && (mayRetry || !state.failedReports.has(name)),
  )
  const reporters = await openReporters(
    undelivered,
    reportingOf(step, inputs, reportOfMode(started.plan.report, inputs), directory),
  )
  const died = state.ended === undefined
  if (died) await endRemains(started.runId, step.environment)
  // Killed after the run ended, `main` may have left no record of it.
  const isRecorded = !died && existsSync(join(directory, 'run.json'))
  if (reporters.length === 0 && isRecorded) return
  const known = new Map([...state.failedReports].map(([name, { detail }]) => [name, detail]))
  // What is delivered now must not say that it was not.
  state.failedReports.clear()
  // What is delivered now counts for whoever asks again, such as a second `post`.
  const isProven = seal !== undefined && (proof.kind === 'proven' || proof.kind === 'cut')
  const going = isProven
    ? createSeal({ ...seal, path: sealPath }, readRegularFile(journalPath, { maxBytes: Infinity, followLinks: false }))
    : undefined
  const journal = openJournal(journalPath, () => {}, going)
  const redactor = createRedactor(ownSecrets(step.environment, inputs.token))
  const bus = createBus({ journal, redactor, reporters, clock: createSteadyClock(Date.now, state.at), state, nextSeq })
  if (died) {
    bus.record({ type: 'notice', level: 'warning', message: `${killed} ${howFar(proof)}` })
  }
  const report = await withAnswers(withCourse(buildReport(state), 'killed'), (text) => redactor.text(text))
  if (!isRecorded) writeReports(report, { path: directory })
  await bus.end(reportDeadlineMs, report)
  await journal.close()
  const failed = [...state.failedReports.values()].filter(({ reporter, detail }) => known.get(reporter) !== detail)
  warnOfFailedReports(step.commands, failed)
}

const killed = 'The orchestrator was killed before the run ended; this is what its journal has.'

function howFar(proof: Proof): string {
  switch (proof.kind) {
    case 'proven':
      return 'Its seal proves that no process of the run has changed it.'
    case 'cut':
      return `Its last ${proof.bytes} bytes are left out, because nothing proves that the orchestrator wrote them.`
    default:
      return 'Nothing proves that no process of the run has changed it.'
  }
}

await main()
