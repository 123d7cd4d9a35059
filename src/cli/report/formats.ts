import type { RunState } from '../../core/run-state.ts'
import type { Output } from '../surroundings.ts'

/** Writes a run in one way, in pieces: the whole can be larger than what there is of the run. */
type RenderRun = (state: RunState, out: Output) => Promise<Iterable<string>>

/** The values of `--format`, the default first. */
export const runFormats = {
  text: async (state, { colour, columns }) => {
    const { renderRunText } = await import('../../report/run-text.ts')
    return [renderRunText(state, { colour, columns: columns() })]
  },
  markdown: async (state) => {
    const { renderMarkdown } = await import('../../report/markdown.ts')
    const { withAnswers } = await import('../../report/with-answers.ts')
    return [renderMarkdown(await withAnswers(await modelOf(state)), { maxBytes: Infinity })]
  },
  json: async (state) => {
    const { renderRunJson } = await import('../../report/run-json.ts')
    return renderRunJson(await modelOf(state))
  },
  findings: async (state) => {
    const { renderFindingLines } = await import('../../report/findings-text.ts')
    return renderFindingLines((await modelOf(state)).findings)
  },
  sarif: async (state) => {
    const { renderSarif } = await import('../../report/sarif.ts')
    const model = await modelOf(state)
    return [renderSarif(model.findings, model)]
  },
  rdjson: async (state) => {
    const { renderRdjson } = await import('../../report/rdjson.ts')
    return [renderRdjson((await modelOf(state)).findings)]
  },
} satisfies Record<string, RenderRun>

async function modelOf(state: RunState) {
  const { buildReport } = await import('../../report/report-model.ts')
  return buildReport(state)
}
