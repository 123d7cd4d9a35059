import { plainLine } from '../core/plain-text.ts'
import { cutToWidth } from './text-width.ts'
import type { ReportEdge } from './report-edges.ts'
import type { ReportModel, ReportRow } from './report-model.ts'
import type { Standing } from './standing.ts'
import { formatDuration } from './quantities.ts'

/** Above these, GitHub's Mermaid shows an error instead of a graph (its maxEdges is 500, maxTextSize 50,000). */
const maxEdges = 450
const maxCharacters = 48_000

/** Colours that read on GitHub's light and dark backgrounds. */
const classes: Readonly<Record<Standing, string>> = {
  success: 'fill:#1a7f37,stroke:#116329,color:#ffffff',
  failure: 'fill:#cf222e,stroke:#a40e26,color:#ffffff',
  forgiven: 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00',
  cancelled: 'fill:#6e7781,stroke:#424a53,color:#ffffff',
  skipped: 'fill:#eaeef2,stroke:#8c959f,color:#424a53,stroke-dasharray:4 3',
  running: 'fill:#bf8700,stroke:#7d4e00,color:#ffffff',
  retrying: 'fill:#bf8700,stroke:#7d4e00,color:#ffffff',
  waiting: 'fill:#ffffff,stroke:#8c959f,color:#424a53',
}

/**
 * The run as a Mermaid flowchart coloured by outcome, groups as boxes; a conditional edge carries its condition, a taken one is
 * thick, one not taken dotted. Undefined when it would be more than GitHub draws.
 */
export function renderMermaid(model: Pick<ReportModel, 'rows' | 'edges'>): string | undefined {
  if (model.edges.length > maxEdges || model.rows.length > maxEdges * 2) return undefined
  const names = new Map(model.rows.map((row, index) => [row.id, `n${index}`]))
  const children = new Map<string | null, ReportRow[]>()
  for (const row of model.rows) {
    const parent = row.parent !== null && names.has(row.parent) ? row.parent : null
    children.set(parent, [...(children.get(parent) ?? []), row])
  }
  const lines = ['flowchart LR', ...drawLevel(null, children, names, '  ')]
  for (const edge of model.edges) {
    const from = names.get(edge.from)
    const to = names.get(edge.to)
    if (from !== undefined && to !== undefined) lines.push(`  ${from} ${arrowOf(edge)} ${to}`)
  }
  const used = new Set(model.rows.map((row) => row.standing))
  for (const standing of used) lines.push(`  classDef ${standing} ${classes[standing]}`)
  const text = lines.join('\n')
  return text.length > maxCharacters ? undefined : text
}

function drawLevel(
  parent: string | null,
  children: ReadonlyMap<string | null, readonly ReportRow[]>,
  names: ReadonlyMap<string, string>,
  indent: string,
): string[] {
  const lines: string[] = []
  for (const row of children.get(parent) ?? []) {
    const name = names.get(row.id) ?? ''
    if (row.form !== 'process' && children.has(row.id))
      lines.push(
        `${indent}subgraph ${name}["${escapeLabel(row.label)}"]`,
        ...drawLevel(row.id, children, names, `${indent}  `),
        `${indent}end`,
      )
    else lines.push(`${indent}${name}["${labelOf(row)}"]:::${row.standing}`)
  }
  return lines
}

function labelOf(row: ReportRow): string {
  const { standing } = row
  const reason = row.reason === standing ? '' : row.reason
  const words = standing === 'success' ? '' : standing === 'forgiven' ? 'failure (forgiven)' : standing
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
