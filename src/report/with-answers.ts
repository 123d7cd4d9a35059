import { findAnswers } from './final-answers.ts'
import type { ReportModel } from './report-model.ts'

/** The model of a run with the means to show its answers as Markdown, which are loaded only where there are answers. */
export async function withAnswers(model: ReportModel, redact?: (text: string) => string): Promise<ReportModel> {
  if (findAnswers(model).length === 0) return model
  const { showMarkdown } = await import('./answer-markdown.ts')
  const shown = new Map<string, string>()
  return {
    ...model,
    showAnswer(text) {
      // Asked again for each size a report is tried at.
      const known = shown.get(text) ?? showMarkdown(text, redact)
      shown.set(text, known)
      return known
    },
  }
}
