import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Surroundings } from '../surroundings.ts'

/** What a check found, all files together. */
interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  /** Texts by file name, for excerpts. */
  readonly sources: ReadonlyMap<string, string>
}

/** Writes what a check found in one way. */
export type RenderChecked = (checked: Checked, around: Surroundings) => Promise<string>

/** The values of `--format`, the default first: it is written file by file. */
export const checkFormats = {
  text: async ({ diagnostics, sources }, { out }) => {
    if (diagnostics.length === 0) return ''
    const { renderDiagnostics } = await import(/* webpackChunkName: "work" */ '../../report/diagnostic-text.ts')
    return `${renderDiagnostics(diagnostics, sources, 'text', { colour: out.colour, columns: out.columns() })}\n`
  },
  line: async ({ diagnostics, sources }) => {
    const { renderDiagnostics } = await import(/* webpackChunkName: "work" */ '../../report/diagnostic-text.ts')
    return renderDiagnostics(diagnostics, sources, 'line')
  },
  json: async ({ diagnostics, sources }) => {
    const { renderDiagnostics } = await import(/* webpackChunkName: "work" */ '../../report/diagnostic-text.ts')
    return renderDiagnostics(diagnostics, sources, 'json')
  },
  github: async ({ diagnostics }) => {
    const { annotationsOf } = await import('../../github/annotations.ts')
    const { createWorkflowCommands } = await import('../../github/workflow-commands.ts')
    const { randomUUID } = await import('node:crypto')
    let text = ''
    const commands = createWorkflowCommands((more) => (text += more), randomUUID)
    for (const { level, message, ...place } of annotationsOf(diagnostics)) commands.annotate(level, message, place)
    return text
  },
} satisfies Record<string, RenderChecked>
