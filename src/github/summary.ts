import type { Reporter } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'
import { reportFooter } from './report-footer.ts'
import type { StepReporting } from './step-reporting.ts'

/** Reports to the job summary, within what the runner takes. */
export function reportToSummary(step: StepReporting): Reporter<ReportModel> {
  const { files } = step
  const footer = `\n${reportFooter(step)}\n`
  return {
    name: 'summary',
    async onEnd(_state, _signal, report) {
      const { renderMarkdown } = await import('../report/markdown.ts')
      const markdown = renderMarkdown(report, { maxBytes: files.summaryRoom() - Buffer.byteLength(footer) })
      return files.appendSummary(markdown + footer) ? {} : undefined
    },
  }
}
