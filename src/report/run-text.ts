import type { RunState } from '../core/run-state.ts'
import { renderAnswers, renderConclusion, renderFailures } from './console-end.ts'
import { layOutRows, renderConsoleRow } from './console-row.ts'
import { buildReport } from './report-model.ts'
import { createStyle } from './style.ts'

/** A run for a terminal: a line an instance, the output of what failed, the result line. */
export function renderRunText(
  state: RunState,
  options: { readonly colour: boolean; readonly columns: number },
): string {
  const style = createStyle(options.colour)
  const model = buildReport(state)
  const processes = model.rows.flatMap((row) => (row.form === 'process' ? (state.instances.get(row.id) ?? []) : []))
  const layout = layOutRows(processes, options.columns)
  const rows = processes.map((at) => renderConsoleRow(at, state.at, layout, style))
  return `${[...rows, ...renderAnswers(model, style), ...renderFailures(model, style), '', renderConclusion(model, style)].join('\n')}\n`
}
