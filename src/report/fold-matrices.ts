import { countStandings, type ReportRow } from './report-model.ts'
import type { Standing } from './standing.ts'

/** The rows of a run with its outermost matrices folded: a table and a graph show each as one thing, which opens to its cells. */
export interface FoldedRows {
  /** Without what is inside of a matrix. */
  readonly outer: readonly ReportRow[]
  /** By the id of a matrix, all that is inside of it, in order. */
  readonly inside: ReadonlyMap<string, readonly ReportRow[]>
  /** What is shown of an id: that of the matrix around it, else itself. */
  shownAs(id: string): string
}

/** Folds the matrices of a run; rows stand after the group they are in. */
export function foldMatrices(rows: readonly ReportRow[]): FoldedRows {
  const around = new Map<string, string>()
  const outer: ReportRow[] = []
  const inside = new Map<string, ReportRow[]>()
  for (const row of rows) {
    const { parent } = row
    const matrix = parent === null ? undefined : (around.get(parent) ?? (inside.has(parent) ? parent : undefined))
    if (matrix === undefined) {
      outer.push(row)
      if (row.form === 'matrix') inside.set(row.id, [])
    } else {
      around.set(row.id, matrix)
      inside.get(matrix)?.push(row)
    }
  }
  return { outer, inside, shownAs: (id) => around.get(id) ?? id }
}

/** What stands before a row or a result line. */
export const signs: Readonly<Record<Standing, string>> = {
  success: '✅',
  failure: '❌',
  forgiven: '⚠️',
  superseded: '🔁',
  cancelled: '🚫',
  skipped: '⏭️',
  running: '⏳',
  retrying: '🔁',
  waiting: '🕓',
  interrupted: '🛑',
  unstarted: '➖',
}

/** `12 ✅ 1 ❌` over the processes among some rows; empty where there are none. */
export function countSigns(rows: readonly ReportRow[]): string {
  const counts = countStandings(rows)
  return (Object.keys(signs) as Standing[])
    .filter((standing) => counts.has(standing))
    .map((standing) => `${counts.get(standing)} ${signs[standing]}`)
    .join(' ')
}
