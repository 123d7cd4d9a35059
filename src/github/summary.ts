import type { Reporter } from '../core/reporter.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { buildReport } from '../report/report-model.ts'
import type { FileCommands } from './file-commands.ts'

/** Reports to the job summary, within what the runner takes. */
export function createSummaryReporter(files: FileCommands): Reporter {
  return {
    name: 'summary',
    onEnd(state) {
      const markdown = renderMarkdown(buildReport(state), { maxBytes: files.summaryRoom() })
      return Promise.resolve(files.appendSummary(markdown) ? {} : undefined)
    },
  }
}
