import type { Diagnostic } from '../core/diagnostic.ts'
import type { Surroundings } from './surroundings.ts'

/** Writes diagnostics with their source lines to standard error, and how many there are. */
export async function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  around: Surroundings,
): Promise<void> {
  if (diagnostics.length === 0) return
  const { countDiagnostics, renderDiagnostics } = await import('../report/diagnostic-text.ts')
  const { err } = around
  around.err.write(
    `${renderDiagnostics(diagnostics, sources, 'text', { colour: err.colour, columns: err.columns() })}\n`,
  )
  around.err.write(`${countDiagnostics(diagnostics)}\n`)
}
