import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../../core/message-of.ts'
import { buildReport } from '../../report/report-model.ts'
import { withAnswers } from '../../report/with-answers.ts'
import { writeReports } from '../../run/write-reports.ts'
import { complain } from '../complain.ts'
import { maskOutput } from '../mask-output.ts'
import type { Surroundings } from '../surroundings.ts'
import type { ResumableRun } from './earlier-run.ts'

/**
 * Writes the files of a run that succeeded, where they are missing: its orchestrator was killed between the end of the run and these. Its journal, which
 * says that it has ended, stays as it is. Whether there was anything to write.
 */
export async function finishReports(
  { directory, state, started }: ResumableRun,
  around: Surroundings,
): Promise<boolean> {
  const { sarif } = started.plan.report
  const lacksReports = ['run.json', 'summary.md'].some((name) => !existsSync(join(directory.path, name)))
  const lacksSarif = sarif !== undefined && !state.delivered.has('sarif') && !state.failedReports.has('sarif')
  if (!lacksReports && !lacksSarif) return false
  try {
    const report = await withAnswers(buildReport(state), maskOutput(started.plan, around.root, around))
    if (lacksReports) writeReports(report, directory)
    if (!lacksSarif) return true
    const { createSarifReporter } = await import('../../run/sarif-reporter.ts')
    await createSarifReporter(sarif, around.root).onEnd?.(state, new AbortController().signal, report)
  } catch (error) {
    complain(around, { mistake: `the reports could not be written: ${messageOf(error)}` })
  }
  return true
}
