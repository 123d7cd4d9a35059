import type { ReporterEntry } from '../core/reporter.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { ReportModel } from '../report/report-model.ts'
import { reportFooter } from './report-footer.ts'
import type { StepReporting } from './step-reporting.ts'

/** Reports to the job summary, within what the runner takes. */
export const summaryReporter: ReporterEntry<StepReporting, ReportModel> = {
  name: 'summary',
  when: ({ settings, offers }) => settings.summary && offers.summary,
  create(step) {
    const { files } = step
    const footer = `\n${reportFooter(step)}\n`
    return {
      name: 'summary',
      onEnd(_state, _signal, report) {
        const markdown = renderMarkdown(report, { maxBytes: files.summaryRoom() - Buffer.byteLength(footer) })
        return Promise.resolve(files.appendSummary(markdown + footer) ? {} : undefined)
      },
    }
  },
}
