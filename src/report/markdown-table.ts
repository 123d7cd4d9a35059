import { sumAccounting } from '../core/usage.ts'
import { countSigns, foldMatrices, signs } from './fold-matrices.ts'
import { codeSpan, escapeHtml, escapeMarkdown, fold } from './markdown-text.ts'
import {
  describeDenials,
  formatCost,
  formatCount,
  formatDuration,
  formatPlural,
  formatTokenCells,
} from './quantities.ts'
import { countRepairs, countStandings, isFailure, type ReportModel, type ReportRow } from './report-model.ts'
import { standingWords, type Standing } from './standing.ts'
import { cutToWidth } from './text-width.ts'

const header = [
  '| | Instance | Runtime · model | Result | Time | Tokens in (cached) | out | Cost |',
  '| :-: | :-- | :-- | :-- | --: | --: | --: | --: |',
]

/**
 * The table of instances with its totals, in which a matrix is one row, and a table that opens for each matrix; with `maxRows` smaller than the run,
 * those that failed first, then by the plan's order, and a row that says how many are left out.
 */
export function renderTables(model: ReportModel, maxRows: number): string {
  const { outer, inside } = foldMatrices(model.rows)
  const shown = chooseRows(outer, maxRows)
  const lines = shown.map((row) => renderRow(row, inside.get(row.id)))
  const parts = [table(lines, outer.length - shown.length, [renderTotals(model)])]
  let room = maxRows - shown.length
  for (const row of shown) {
    const cells = inside.get(row.id) ?? []
    if (cells.length === 0 || room <= 0) continue
    const some = chooseRows(cells, room)
    room -= some.length
    const rows = some.map((cell) => renderRow({ ...cell, depth: cell.depth - row.depth - 1 }, undefined))
    const summary = `${signs[row.standing]} <b>${escapeHtml(row.label)}</b>: ${countSigns(cells)}`
    parts.push(fold(summary, table(rows, cells.length - some.length, [])))
  }
  return parts.join('\n\n')
}

function table(rows: readonly string[], left: number, totals: readonly string[]): string {
  const more = left > 0 ? [`| | *… and ${formatCount(left)} more, see run.json* | | | | | | |`] : []
  return [...header, ...rows, ...more, ...totals].join('\n')
}

/** `7 success, 1 failure, 2 failures forgiven` over the processes of a run. */
export function describeStandings(rows: readonly ReportRow[]): string {
  const counts = countStandings(rows)
  const order: Standing[] = [
    'success',
    'failure',
    'forgiven',
    'superseded',
    'cancelled',
    'skipped',
    'running',
    'retrying',
    'waiting',
    'interrupted',
    'unstarted',
  ]
  return order
    .filter((standing) => counts.has(standing))
    .map((standing) => {
      const count = counts.get(standing) ?? 0
      if (standing === 'forgiven') return `${formatPlural(count, 'failure')} forgiven`
      return standing === 'superseded'
        ? `${formatPlural(count, 'failure')} in an earlier round`
        : `${formatCount(count)} ${standingWords(standing)}`
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

/** `cells` are all that is inside of a matrix: its row stands for them. */
function renderRow(row: ReportRow, cellsOfMatrix: readonly ReportRow[] | undefined): string {
  const isGroup = row.form !== 'process'
  const accounting =
    cellsOfMatrix === undefined ? row.accounting : sumAccounting(cellsOfMatrix.map((cell) => cell.accounting))
  const attempts = cellsOfMatrix?.reduce((sum, cell) => sum + cell.attempts.length, 0)
  const tokens = formatTokenCells(accounting)
  const idle = attempts === undefined ? isGroup || row.attempts.length === 0 : attempts === 0
  const indent = '&emsp;'.repeat(row.depth)
  const name = escapeMarkdown(row.label)
  return cells([
    signs[row.standing],
    `${indent}${isGroup ? `**${name}**` : name}`,
    isGroup ? `*${row.form}*` : describeRuntime(row),
    cellsOfMatrix === undefined || cellsOfMatrix.length === 0
      ? describeResult(row) + describeAttempts(row)
      : countSigns(cellsOfMatrix) + countAttempts(attempts ?? 0, cellsOfMatrix),
    row.startedAt === null ? '–' : formatDuration(row.durationMs),
    idle ? '–' : inputCell(tokens),
    idle ? '–' : tokens.output,
    idle ? '–' : formatCost(accounting),
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
    attempts > processes.length ? formatPlural(attempts, 'attempt') : '',
    `**${formatDuration(model.durationMs)}**`,
    `**${inputCell(tokens)}**`,
    `**${tokens.output}**`,
    `**${formatCost(model.accounting)}**`,
  ])
}

function describeRuntime(row: ReportRow): string {
  const runtime = escapeMarkdown(row.runtime ?? '')
  return row.model === null ? runtime : `${runtime}\u00A0·\u00A0${shortModel(row.model)}`
}

/** A model's name on one line: without its vendor and its date, with hyphens at which no browser breaks. `run.json` has it whole. */
function shortModel(model: string): string {
  const name = model.replace(/^.*\//, '').replace(/[-@](?:20\d{6}|20\d\d-\d\d-\d\d)(?=$|[-:])/, '')
  return escapeMarkdown(cutToWidth(name, 28)).replaceAll('-', '\u2011')
}

/** More of it makes the table wider than a comment, and hides its last columns. */
const detailColumns = 48

/** `failure · exit:1 — detail`; a failure forgiven by `continue-on-error`, its own or that of a group around it, says so. */
function describeResult(row: ReportRow): string {
  const words = [standingWords(row.standing)]
  if (row.reason !== '' && row.reason !== row.standing) words.push(codeSpan(row.reason))
  const denied = row.denials > 0 ? [`⚠️ ${describeDenials(row.denials)}`] : []
  const detail = row.detail === '' ? '' : `: ${escapeMarkdown(cutToWidth(row.detail, detailColumns))}`
  return `${[...words, ...denied].join(' · ')}${detail}`
}

/** `: 3 attempts (rate-limit, overloaded; claude → codex; 1 repair)`: why there were several, what they moved to, what had to be asked again. */
function describeAttempts(row: ReportRow): string {
  if (row.restored !== undefined && row.attempts.length === 0) return ' · restored'
  if (row.form !== 'process' || row.attempts.length === 0) return ''
  const reasons = [...new Set(row.attempts.slice(0, -1).map((attempt) => attempt.reason ?? ''))].filter(Boolean)
  const ways = row.attempts.map(({ runtime, model }) => (model === null ? runtime : `${runtime} ${model}`))
  const moves = ways.filter((way, index) => way !== ways[index - 1])
  const repairs = countRepairs(row.attempts)
  const notes = [
    reasons.join(', '),
    moves.length > 1 ? moves.join(' → ') : '',
    repairs > 0 ? formatPlural(repairs, 'repair') : '',
  ].filter((note) => note !== '')
  if (row.attempts.length === 1 && notes.length === 0) return ''
  const why = notes.length === 0 ? '' : ` (${escapeMarkdown(notes.join('; '))})`
  return ` · ${formatPlural(row.attempts.length, 'attempt')}${why}`
}

/** Where there were more than there are cells. */
function countAttempts(attempts: number, cellsOfMatrix: readonly ReportRow[]): string {
  const processes = cellsOfMatrix.filter(({ form }) => form === 'process').length
  return attempts > processes ? ` · ${formatPlural(attempts, 'attempt')}` : ''
}

/** `13,848 (9,200)`: all of the prompts, and what of them the cache gave. */
function inputCell({ input, cached }: { readonly input: string; readonly cached: string }): string {
  return /[1-9]/.test(cached) ? `${input}\u00A0(${cached.replace('≥ ', '')})` : input
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`
}
