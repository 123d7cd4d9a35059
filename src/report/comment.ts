import { byteLength } from './byte-length.ts'
import { renderMarkdown } from './markdown.ts'
import type { ReportModel } from './report-model.ts'

/** GitHub answers 422 to a longer comment (characters; we count bytes, which are never fewer). */
const commentLimit = 65_536

/**
 * The report as a pull request comment of at most 65,536 characters: the marker by which it is found again, then the Markdown report,
 * whose foreign text is already inert. `footer` is a line of ours (a link to the run), Markdown.
 */
export function renderComment(
  model: ReportModel,
  options: { readonly marker: string; readonly footer?: string; readonly maxCharacters?: number },
): string {
  const { marker } = options
  const footer = options.footer === undefined ? '' : `\n${options.footer}\n`
  const maxBytes = (options.maxCharacters ?? commentLimit) - byteLength(marker) - footer.length * 3 - 1
  return `${marker}\n${renderMarkdown(model, { maxBytes })}${footer}`
}
