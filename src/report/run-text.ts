import type { RunState } from '../core/run-state.ts'
import { renderConclusion, renderFailures } from './console-end.ts'
import { renderConsoleRow, safeLine } from './console-row.ts'
import { buildReport } from './report-model.ts'
import { createStyle } from './style.ts'
import { textWidth } from './text-width.ts'

/** A run for a terminal: a line an instance, the output of what failed, the result line. */
export function renderRunText(
  state: RunState,
  options: { readonly colour: boolean; readonly columns: number },
): string {
  const style = createStyle(options.colour)
  const model = buildReport(state)
  const processes = model.rows.flatMap((row) => (row.form === 'process' ? (state.instances.get(row.id) ?? []) : []))
  const widest = processes.reduce((width, at) => Math.max(width, textWidth(safeLine(at.instance.label))), 8)
  const labelWidth = Math.min(widest, 32, Math.floor(options.columns / 2))
  const rows = processes.map((at) => renderConsoleRow(at, state.at, options.columns, labelWidth, style))
  return `${[...rows, ...renderFailures(model, style), '', renderConclusion(model, style)].join('\n')}\n`
}
