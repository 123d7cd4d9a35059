import { groupBy } from '../core/group-by.ts'
import { plainLine } from '../core/plain-text.ts'
import { countSigns, foldMatrices } from './fold-matrices.ts'
import { cutToWidth } from './text-width.ts'
import type { ReportEdge } from './report-edges.ts'
import type { ReportModel, ReportRow } from './report-model.ts'
import { standingWords, type Standing } from './standing.ts'
import { formatDuration } from './quantities.ts'

/** Above these, GitHub's Mermaid shows an error instead of a graph (its maxEdges is 500, maxTextSize 50,000). */
const maxEdges = 450
const maxCharacters = 48_000

/** Colours that read on GitHub's light and dark backgrounds. */
const classes: Readonly<Record<Standing, string>> = {
  success: 'fill:#1a7f37,stroke:#116329,color:#ffffff',
  failure: 'fill:#cf222e,stroke:#a40e26,color:#ffffff',
  forgiven: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  superseded: 'fill:#eaeef2,stroke:#9a6700,color:#4d2d00,stroke-dasharray:4 3',
  cancelled: 'fill:#6e7781,stroke:#424a53,color:#ffffff',
  skipped: 'fill:#eaeef2,stroke:#8c959f,color:#424a53,stroke-dasharray:4 3',
  running: 'fill:#bf8700,stroke:#7d4e00,color:#ffffff',
  retrying: 'fill:#bf8700,stroke:#7d4e00,color:#ffffff',
  waiting: 'fill:#ffffff,stroke:#8c959f,color:#424a53',
  interrupted: 'fill:#6e7781,stroke:#424a53,color:#ffffff',
  unstarted: 'fill:#eaeef2,stroke:#8c959f,color:#424a53,stroke-dasharray:4 3',
}

/**
 * The run as a Mermaid flowchart coloured by outcome, groups as boxes; a conditional edge carries its condition, a taken one is
 * thick, one not taken dotted. Undefined when it would be more than GitHub draws.
 */
export function renderMermaid(model: Pick<ReportModel, 'rows' | 'edges'>): string | undefined {
  const { outer, inside, shownAs } = foldMatrices(model.rows)
  const edges = model.edges.filter(({ from, to }) => shownAs(from) !== shownAs(to))
  if (edges.length > maxEdges || outer.length > maxEdges * 2) return undefined
  const names = new Map(outer.map((row, index) => [row.id, `n${index}`]))
  const children = groupBy(outer, ({ parent }) => (parent !== null && names.has(parent) ? parent : null))
  const lines = ['flowchart LR', ...drawLevel(null, children, { names, inside }, '  ')]
  const arrows = new Set<string>()
  for (const edge of edges) {
    const from = names.get(shownAs(edge.from))
    const to = names.get(shownAs(edge.to))
    if (from !== undefined && to !== undefined) arrows.add(`  ${from} ${arrowOf(edge)} ${to}`)
  }
  lines.push(...arrows)
  const used = new Set(outer.map((row) => row.standing))
  for (const standing of used) lines.push(`  classDef ${standing} ${classes[standing]}`)
  const text = lines.join('\n')
  return text.length > maxCharacters ? undefined : text
}

/** What of a run is drawn: names of nodes by id, and what is inside of its matrices. */
interface Drawn {
  readonly names: ReadonlyMap<string, string>
  readonly inside: ReadonlyMap<string, readonly ReportRow[]>
}

function drawLevel(
  parent: string | null,
  children: ReadonlyMap<string | null, readonly ReportRow[]>,
  of: Drawn,
  indent: string,
): string[] {
  const lines: string[] = []
  for (const row of children.get(parent) ?? []) {
    const name = of.names.get(row.id) ?? ''
    if (row.form !== 'process' && children.has(row.id))
      lines.push(
        `${indent}subgraph ${name}["${escapeLabel(row.label)}"]`,
        ...drawLevel(row.id, children, of, `${indent}  `),
        `${indent}end`,
      )
    else lines.push(`${indent}${name}["${labelOf(row, of.inside.get(row.id))}"]:::${row.standing}`)
  }
  return lines
}

/** A matrix is one node, which says how its cells stand. */
function labelOf(row: ReportRow, cells: readonly ReportRow[] = []): string {
  const { standing } = row
  const reason = row.reason === standing ? '' : row.reason
  const words = cells.length > 0 ? countSigns(cells) : standing === 'success' ? '' : standingWords(standing)
  const notes = [words, reason].filter((note) => note !== '')
  if (row.startedAt !== null && row.durationMs !== null) notes.push(formatDuration(row.durationMs))
  const note = notes.length === 0 ? '' : `<br/>${escapeLabel(notes.join(' · '))}`
  return `${escapeLabel(row.label)}${note}`
}

function arrowOf(edge: ReportEdge): string {
  const condition = edge.conditional ? shortCondition(edge.when) : ''
  if (edge.taken === false) return `-. "${escapeLabel(condition === '' ? 'not taken' : `${condition}: not taken`)}" .->`
  const arrow = edge.taken === true && edge.conditional ? '==>' : '-->'
  return condition === ''
    ? arrow
    : `${arrow}|"${escapeLabel(edge.taken === true ? `${condition}: taken` : condition)}"|`
}

function shortCondition(when: string): string {
  return cutToWidth(when.replace(/^\$\{\{\s*([^]*?)\s*\}\}$/, '$1'), 60)
}

/** Mermaid's own entity codes for what would end a label or be read as markup. */
function escapeLabel(text: string): string {
  return cutToWidth(plainLine(text), 80).replaceAll(/[#"<>&`\\[\]{}|;]/g, (sign) => `#${sign.codePointAt(0)};`)
}
