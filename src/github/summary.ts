import type { Reporter } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'
import { reportFooter } from './report-footer.ts'
import type { StepReporting } from './step-reporting.ts'

/** Longest wait for what earlier runs took, which the comment remembers. */
const earlierMs = 2000

/** Reports to the job summary, within what the runner takes. */
export function reportToSummary(step: StepReporting): Reporter<ReportModel> {
  const { files, between, isForeign } = step
  const footer = `\n${reportFooter(step)}\n`
  return {
    name: 'summary',
    async onEnd({ interrupted }, _signal, report) {
      const { renderMarkdown } = await import('../report/markdown.ts')
      const mayWait = interrupted === undefined && isForeign !== true
      const earlier = mayWait ? await Promise.race([between.earlier, noLongerThan(earlierMs)]) : undefined
      const markdown = renderMarkdown(
        { ...report, ...(earlier !== undefined && { earlier }) },
        { maxBytes: files.summaryRoom() - Buffer.byteLength(footer) },
      )
      return files.appendSummary(markdown + footer) ? {} : undefined
    },
  }
}

function noLongerThan(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref())
}
