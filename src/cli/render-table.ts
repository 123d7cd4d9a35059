import { fitToWidth, textWidth } from '../report/text-width.ts'

/** Lines of a table: its heads first, then the rows, each column as wide as its widest cell and no blank at the end of a line. */
export function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [heads, ...rows]
  const widths = heads.map((_, at) => Math.max(...lines.map((cells) => textWidth(cells[at] ?? ''))))
  return lines.map((cells) =>
    cells
      .map((cell, at) => fitToWidth(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
