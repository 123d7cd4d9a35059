import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openCommands, openStep, ownSecrets, reportingOf, runDirectoryState, warnOfFailedReports } from './step.ts'
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
import { createRedactor } from '../journal/redactor.ts'
import { sweepMarked } from '../process/sweep.ts'
import { buildReport } from '../report/report-model.ts'
import { withAnswers } from '../report/with-answers.ts'
import { writeReports } from '../run/execute-run.ts'

/** The runner ends a job's post steps after 5 minutes. */
const reportDeadlineMs = 120_000

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
}

async function deliver(step: ActionStep, inputs: ActionInputs, directory: string): Promise<void> {
  const journalPath = join(directory, 'journal.ndjson')
  if (!existsSync(journalPath)) return
  const state = createRunState()
  const nextSeq = foldJournal(journalPath, state)
  const { started } = state
  if (started === undefined) return
  const undelivered = githubReporters.filter(({ name }) => !state.delivered.has(name))
  const reporters = await openReporters(undelivered, reportingOf(step, inputs, started.plan.report, directory))
  const died = state.ended === undefined
  if (died) await sweepMarked(started.runId)
  if (reporters.length === 0 && !died) return
  const known = new Map([...state.failedReports].map(([name, { detail }]) => [name, detail]))
  // What is delivered now must not say that it was not.
  state.failedReports.clear()
  const journal = openJournal(journalPath, () => {})
  const redactor = createRedactor(ownSecrets(step.environment, inputs.token))
  const bus = createBus({ journal, redactor, reporters, clock: Date.now, state, nextSeq })
  if (died) {
    const message = 'The orchestrator was killed before the run ended; this is what its journal has.'
    bus.record({ type: 'notice', level: 'warning', message })
  }
  const report = await withAnswers(buildReport(state), (text) => redactor.text(text))
  if (died) writeReports(report, { path: directory })
  await bus.end(reportDeadlineMs, report)
  await journal.close()
  const failed = [...state.failedReports.values()].filter(({ reporter, detail }) => known.get(reporter) !== detail)
  warnOfFailedReports(step.commands, failed)
}

await main()
