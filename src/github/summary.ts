import type { Reporter } from '../core/reporter.ts'
import type { ReportModel } from '../report/report-model.ts'
import { reportFooter } from './report-footer.ts'
import type { StepReporting } from './step-reporting.ts'

/** Longest wait for what earlier runs took, which the comment remembers. */
const earlierMs = 2000

/** Reports to the job summary, within what the runner takes. */
export function reportToSummary(step: StepReporting): Reporter<ReportModel> {
  if (step.inputs.mode === 'shard') return reportShard(step)
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

/** One line: nothing is judged by a shard alone. */
function reportShard({ files, inputs }: StepReporting): Reporter<ReportModel> {
  return {
    name: 'summary',
    async onEnd({ ended, started }) {
      const { escapeMarkdown } = await import('../report/markdown-text.ts')
      const why = ended?.reason ? ` (${escapeMarkdown(ended.reason)})` : ''
      const what = `**Shard ${escapeMarkdown(inputs.fanOut.shard)}** of ${escapeMarkdown(started?.plan.name ?? '')}: ${ended?.result ?? 'not ended'}${why}.`
      const text = `${what} This job succeeds whatever the results of its instances: the job with \`mode: collect\` decides, and reports.\n`
      return files.appendSummary(text) ? {} : undefined
    },
  }
}
