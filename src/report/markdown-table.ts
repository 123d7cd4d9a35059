import { codeSpan, escapeMarkdown } from './markdown-text.ts'
import {
  describeDenials,
  formatCost,
  formatCount,
  formatDuration,
  formatPlural,
  formatTokenCells,
} from './quantities.ts'
import { countRepairs, countStandings, isFailure, type ReportModel, type ReportRow } from './report-model.ts'
import type { Standing } from './standing.ts'
import { cutToWidth } from './text-width.ts'

/** What stands before a row or a result line. */
export const signs: Readonly<Record<Standing, string>> = {
  success: '✅',
  failure: '❌',
  forgiven: '⚠️',
  cancelled: '🚫',
  skipped: '⏭️',
  running: '⏳',
  retrying: '🔁',
  waiting: '🕓',
}

const header = [
  '| | Instance | Runtime · model | Result | Duration | Attempts | Tokens in | from cache | out | Cost |',
  '| :-: | :-- | :-- | :-- | --: | :-- | --: | --: | --: | --: |',
]

/**
 * The table of instances with its totals; with `maxRows` smaller than the run, those that failed first, then by the plan's order,
 * and a row that says how many are left out.
 */
export function renderTable(model: ReportModel, maxRows: number): string {
  const shown = chooseRows(model.rows, maxRows)
  const left = model.rows.length - shown.length
  const lines = [...header, ...shown.map(renderRow)]
  if (left > 0) lines.push(`| | *… and ${formatCount(left)} more, see run.json* | | | | | | | | |`)
  lines.push(renderTotals(model))
  return lines.join('\n')
}

/** `7 success, 1 failure, 2 failures forgiven` over the processes of a run. */
export function describeStandings(rows: readonly ReportRow[]): string {
  const counts = countStandings(rows)
  const order: Standing[] = ['success', 'failure', 'forgiven', 'cancelled', 'skipped', 'running', 'retrying', 'waiting']
  return order
    .filter((standing) => counts.has(standing))
    .map((standing) => {
      const count = counts.get(standing) ?? 0
      return standing === 'forgiven'
        ? `${formatPlural(count, 'failure')} forgiven`
        : `${formatCount(count)} ${standing}`
    })
    .join(', ')
}

function chooseRows(rows: readonly ReportRow[], maxRows: number): readonly ReportRow[] {
  if (rows.length <= maxRows) return rows
  const chosen = new Set(rows.filter(isFailure).slice(0, maxRows))
  for (const row of rows) {
    if (chosen.size >= maxRows) break
    chosen.add(row)
  }
  return rows.filter((row) => chosen.has(row))
}

function renderRow(row: ReportRow): string {
  const isGroup = row.form !== 'process'
  const tokens = formatTokenCells(row.accounting)
  const idle = isGroup || row.attempts.length === 0
  const indent = '&emsp;'.repeat(row.depth)
  const name = escapeMarkdown(row.label)
  return cells([
    signs[row.standing],
    `${indent}${isGroup ? `**${name}**` : name}`,
    isGroup ? `*${row.form}*` : describeRuntime(row),
    describeResult(row),
    row.startedAt === null ? '–' : formatDuration(row.durationMs),
    idle ? '–' : describeAttempts(row),
    idle ? '–' : tokens.input,
    idle ? '–' : tokens.cached,
    idle ? '–' : tokens.output,
    idle ? '–' : formatCost(row.accounting),
  ])
}

function renderTotals(model: ReportModel): string {
  const processes = model.rows.filter((row) => row.form === 'process')
  const attempts = processes.reduce((sum, row) => sum + row.attempts.length, 0)
  const tokens = formatTokenCells(model.accounting)
  return cells([
    '',
    `**${formatPlural(processes.length, 'instance')}**`,
    '',
    describeStandings(model.rows),
    `**${formatDuration(model.durationMs)}**`,
    `**${formatCount(attempts)}**`,
    `**${tokens.input}**`,
    `**${tokens.cached}**`,
    `**${tokens.output}**`,
    `**${formatCost(model.accounting)}**`,
  ])
}

function describeRuntime(row: ReportRow): string {
  const runtime = escapeMarkdown(row.runtime ?? '')
  return row.model === null ? runtime : `${runtime} · ${codeSpan(row.model)}`
}

/** `failure · exit:1 — detail`; a failure forgiven by `continue-on-error`, its own or that of a group around it, says so. */
function describeResult(row: ReportRow): string {
  const words = [row.standing === 'forgiven' ? 'failure (forgiven)' : row.standing]
  if (row.reason !== '' && row.reason !== row.standing) words.push(codeSpan(row.reason))
  const denied = row.denials > 0 ? [`⚠️ ${describeDenials(row.denials)}`] : []
  const detail = row.detail === '' ? '' : `: ${escapeMarkdown(cutToWidth(row.detail, 240))}`
  return `${[...words, ...denied].join(' · ')}${detail}`
}

/** `3 (rate-limit, overloaded; claude → codex; 1 repair)`: why there were several, what they moved to, what had to be asked again. */
function describeAttempts(row: ReportRow): string {
  const reasons = [...new Set(row.attempts.slice(0, -1).map((attempt) => attempt.reason ?? ''))].filter(Boolean)
  const ways = row.attempts.map(({ runtime, model }) => (model === null ? runtime : `${runtime} ${model}`))
  const moves = ways.filter((way, index) => way !== ways[index - 1])
  const repairs = countRepairs(row.attempts)
  const notes = [
    reasons.join(', '),
    moves.length > 1 ? moves.join(' → ') : '',
    repairs > 0 ? formatPlural(repairs, 'repair') : '',
  ].filter((note) => note !== '')
  return notes.length === 0
    ? String(row.attempts.length)
    : `${row.attempts.length} (${escapeMarkdown(notes.join('; '))})`
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`
}
