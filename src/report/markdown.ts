import { byteLength, cutToBytes } from './byte-length.ts'
import { codeSpan, escapeHtml, escapeMarkdown, fence, fold } from './markdown-text.ts'
import { signs } from './fold-matrices.ts'
import { describeStandings, renderTables } from './markdown-table.ts'
import { renderFindings, renderVerdict } from './findings-text.ts'
import { renderSetAside } from './set-aside-text.ts'
import { renderMermaid } from './mermaid.ts'
import { lastLines, plainLine, plainText } from '../core/plain-text.ts'
import { describeCost, describeTokens, formatBytes, formatDuration, formatPlural } from './quantities.ts'
import { findAnswers } from './final-answers.ts'
import { describeSaved } from './restored-words.ts'
import { isFailure, type ReportModel, type ReportRow } from './report-model.ts'
import { courseWords, standingOfRun } from './run-course.ts'

/** How much of each part is shown; a smaller report is one with smaller numbers. */
interface Extent {
  /** Most lines and bytes of each failure's tail. */
  readonly tailLines: number
  readonly tailBytes: number
  /** Most bytes of each final answer. */
  readonly answerBytes: number
  readonly graph: boolean
  readonly rows: number
  /** Most findings, and whether what is said of each is shown too. */
  readonly findings: number
  readonly findingBodies: boolean
}

const whole: Extent = {
  tailLines: 10,
  tailBytes: 4000,
  answerBytes: 64_000,
  graph: true,
  rows: 2000,
  findings: 200,
  findingBodies: true,
}

/** Failures keep their output longest: what went wrong is what people look for. */
const short: Extent = { ...whole, graph: false, tailLines: 5, tailBytes: 800, findings: 100, findingBodies: false }

function tableOnly(rows: number): Extent {
  return {
    tailLines: 0,
    tailBytes: 0,
    answerBytes: 0,
    graph: false,
    rows,
    findings: Math.min(rows, 50),
    findingBodies: false,
  }
}

/** What is given up, in this order, until the report fits: long answers, the graph, lines of failures, the rest of answers, rows. */
const extents: readonly Extent[] = [
  whole,
  ...[48_000, 36_000, 27_000, 20_000].map((answerBytes) => ({ ...whole, answerBytes })),
  ...[36_000, 27_000, 20_000, 15_000, 11_000, 8000].map((answerBytes) => ({ ...whole, graph: false, answerBytes })),
  ...[8000, 4000, 2000, 1000].map((answerBytes) => ({ ...short, answerBytes })),
  { ...short, answerBytes: 500, tailLines: 2, tailBytes: 200, rows: 1000 },
  ...[1000, 500, 200, 100, 50, 20, 5, 0].map(tableOnly),
]

/**
 * The run as GitHub Markdown, what people look for first: the verdict, the final answer, the failures with why and their last lines; then, folded,
 * other answers, the table and the graph. Never more than `maxBytes` of UTF-8; what had to be left out is said at the end.
 */
export function renderMarkdown(model: ReportModel, options: { readonly maxBytes: number }): string {
  const foreign = collectForeign(model)
  for (const extent of extents) {
    const text = renderExtent(model, foreign, extent, options.maxBytes)
    if (byteLength(text) <= options.maxBytes) return text
  }
  const note = `\n\n${cutNote(options.maxBytes, ['everything else'])}\n`
  const text = cutToBytes(renderResult(model), options.maxBytes - byteLength(note)) + note
  return byteLength(text) <= options.maxBytes ? text : cutToBytes(text, options.maxBytes)
}

/** `❌ **name** failure (1 instance failed: tests) in 3m 05s`. */
function renderResult(model: ReportModel): string {
  const reason = model.reason === '' ? '' : ` (${escapeMarkdown(model.reason)})`
  const name = model.name === '' ? 'run' : escapeMarkdown(model.name)
  const when = model.result === null ? 'after' : 'in'
  return `${signs[standingOfRun(model)]} **${name}** ${courseWords(model)}${reason} ${when} ${formatDuration(model.durationMs)}`
}

/** `7 success, 1 failure · 12,345 tokens · $0.12`, and whether it was simulated or interrupted; below it, what earlier runs took. */
function renderFacts(model: ReportModel): string[] {
  const facts = [describeStandings(model.rows), describeTokens(model.accounting), describeCost(model.accounting)]
  facts.push(describeSaved(model.rows))
  if (model.interruptedBy !== null) facts.push(`interrupted by ${escapeMarkdown(model.interruptedBy)}`)
  if (model.simulated) facts.push('**simulated**: no model was called')
  const lines = [facts.filter((fact) => fact !== '').join(' · ')]
  if (model.earlier !== undefined) lines.push(`*${model.earlier}*`)
  const shown = lines.filter((line) => line !== '')
  return shown.length === 0 ? [] : [shown.join('\\\n')]
}

/** What programs and models wrote, made plain once for all extents. */
interface Foreign {
  readonly answers: readonly { readonly row: ReportRow; readonly text: string }[]
  readonly tails: readonly { readonly row: ReportRow; readonly text: string }[]
}

function collectForeign(model: ReportModel): Foreign {
  return {
    answers: findAnswers(model)
      .filter((row) => !row.reportsFindings)
      .map((row) => ({ row, text: plainText(row.text).trim() })),
    tails: model.rows.flatMap((row) => {
      const text = isFailure(row) && !row.isInFindings ? plainText(row.tail).trimEnd() : ''
      return text === '' ? [] : [{ row, text }]
    }),
  }
}

function renderExtent(model: ReportModel, { answers, tails }: Foreign, extent: Extent, maxBytes: number): string {
  const left: string[] = []
  const { origin } = model
  const parts = [
    ...(origin === undefined ? [] : [`> ⚠️ ${escapeMarkdown(origin)}`]),
    `### ${renderResult(model)}`,
    ...renderFacts(model),
    ...renderVerdict(model.verdict),
  ]
  parts.push(
    ...renderFindings(model.findings, extent.findings, extent.findingBodies ? (model.showAnswer ?? fence) : undefined),
  )
  parts.push(...renderSetAside(model.setAside, extent.findings))
  if (model.findings.length > 0 && !extent.findingBodies) left.push('details of findings')
  const [first, ...others] = extent.answerBytes > 0 ? answers.toReversed() : []
  if (first !== undefined) parts.push(renderAnswer(model, first.row, first.text, extent.answerBytes, 'open'))
  if (answers.some(({ text }) => byteLength(text) > extent.answerBytes)) left.push('parts of final answers')
  if (extent.rows > 0) parts.push(...renderSilentFailures(model, tails))
  if (extent.tailLines > 0) parts.push(...tails.map(({ row, text }) => renderTail(row, text, extent)))
  if (tails.length > 0 && extent.tailLines < whole.tailLines)
    left.push(extent.tailLines === 0 ? 'the output of failures' : 'most output of failures')
  parts.push(...renderNotices(model))
  parts.push(...others.map(({ row, text }) => renderAnswer(model, row, text, extent.answerBytes, 'folded')))
  if (extent.rows > 0) parts.push(fold('All instances', renderTables(model, extent.rows)))
  if (extent.rows < model.rows.length) left.push(extent.rows === 0 ? 'the table' : 'rows of the table')
  const graph = model.rows.length < 2 ? undefined : renderMermaid(model)
  if (extent.graph && graph !== undefined) parts.push(fold('Graph', fence(graph, 'mermaid')))
  else if (extent.graph && model.rows.length > 1) parts.push('*The graph is too large for GitHub to draw.*')
  else if (graph !== undefined) left.push('the graph')
  if (left.length > 0) parts.push(cutNote(maxBytes, left))
  return `${parts.join('\n\n')}\n`
}

function cutNote(maxBytes: number, left: readonly string[]): string {
  return `*Cut to ${formatBytes(maxBytes)}. Left out: ${left.join(', ')}. The run directory has everything.*`
}

function renderNotices(model: ReportModel): string[] {
  const lines = model.notices.slice(0, 50).map(({ level, id, message }) => {
    const about = id === undefined ? '' : `${codeSpan(id)}: `
    return `- ${level === 'warning' ? '⚠️' : 'ℹ️'} ${about}${escapeMarkdown(message)}`
  })
  if (model.notices.length > 50) lines.push(`- … and ${formatPlural(model.notices.length - 50, 'more notice')}`)
  for (const { reporter, detail } of model.failedReports)
    lines.push(`- ⚠️ report ${codeSpan(reporter)} was not delivered: ${escapeMarkdown(detail)}`)
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function renderAnswer(
  { showAnswer: show = fence }: ReportModel,
  row: ReportRow,
  text: string,
  maxBytes: number,
  open: 'open' | 'folded',
): string {
  const shown = cutToBytes(text, maxBytes)
  const cut = shown.length < text.length ? '\n\n*… cut*' : ''
  const summary = `${signs[row.standing]} Answer of <b>${escapeHtml(row.label)}</b>`
  return fold(summary, `${show(shown)}${cut}`, open)
}

/** Failures of which there is no output to show, a line each; more than a few are in the table. */
function renderSilentFailures({ rows }: ReportModel, tails: Foreign['tails']): string[] {
  const withOutput = new Set(tails.map(({ row }) => row.id))
  const silent = rows.filter((row) => row.form === 'process' && isFailure(row) && !withOutput.has(row.id))
  const lines = silent.slice(0, 20).map((row) => {
    const why = [row.reason, plainLine(row.detail)]
      .filter((part) => part !== '')
      .map(escapeMarkdown)
      .join(': ')
    return `- ${signs[row.standing]} **${escapeMarkdown(row.label)}**${why === '' ? '' : ` · ${why}`}`
  })
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function renderTail(row: ReportRow, text: string, extent: Extent): string {
  const { lines, omitted } = lastLines(text, extent.tailLines)
  const last = lines.join('\n')
  const start = Math.max(0, last.length - extent.tailBytes)
  const shown = last.slice(/^[\uDC00-\uDFFF]/.test(last.slice(start, start + 1)) ? start + 1 : start)
  const gap = omitted > 0 || start > 0 ? '…\n' : ''
  const why = [row.reason, plainLine(row.detail)].filter((part) => part !== '').map((part) => ` · ${escapeHtml(part)}`)
  const summary = `${signs[row.standing]} Output of <b>${escapeHtml(row.label)}</b>${why.join('')}`
  return fold(summary, fence(gap + shown), 'open')
}
