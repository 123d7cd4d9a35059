import { consoleSigns, paintStanding, safeLine } from './console-row.ts'
import { describeStandings } from './markdown-table.ts'
import { lastLines, plainText, withoutCommands } from '../core/plain-text.ts'
import { describeCost, describeTokens, formatCount, formatDuration, formatPlural } from './quantities.ts'
import { findAnswers } from './final-answers.ts'
import { describeSaved } from './restored-words.ts'
import { isFailure, type ReportModel, type ReportRow } from './report-model.ts'
import { renderConsoleFindings, renderConsoleVerdict } from './findings-text.ts'
import { renderConsoleSetAside } from './set-aside-text.ts'
import { courseWords } from './run-course.ts'
import type { Style } from './style.ts'

const tailLines = 20
const shownFailures = 10
const answerLines = 40
const shownAnswers = 3

/** What a console says when a run has ended: the final answers, the output of what failed, the notices, the result line. */
export function renderConsoleEnd(model: ReportModel, style: Style, withAnswers: boolean): string {
  const lines = [
    ...(withAnswers ? renderAnswers(model, style) : []),
    ...renderConsoleFindings(model.findings, style),
    ...renderConsoleSetAside(model.setAside, style),
    ...renderConsoleVerdict(model.verdict, style),
    ...renderFailures(model, style),
  ]
  for (const { reporter, detail } of model.failedReports)
    lines.push(`${style.yellow('warning')}: report ${reporter} was not delivered: ${safeLine(detail)}`)
  return `${[...lines, '', renderConclusion(model, style)].join('\n')}\n`
}

/** The answers the run was for, their beginning if they are long; an empty line before each. */
export function renderAnswers(model: ReportModel, style: Style): string[] {
  const lines: string[] = []
  for (const row of findAnswers(model)
    .filter((each) => !each.reportsFindings)
    .slice(0, shownAnswers)) {
    const all = plainText(row.text).trim().split('\n')
    const shown = all.length > answerLines ? all.slice(0, answerLines - 1) : all
    lines.push('', `${style.green(consoleSigns.success)} ${style.bold(safeLine(row.label))} ${style.dim('says')}`)
    for (const line of shown) lines.push(`  ${style.dim('│')} ${withoutCommands(line)}`)
    const more = all.length - shown.length
    if (more > 0) lines.push(style.dim(`  │ … ${formatPlural(more, 'more line')}${whereOf(row)}`))
  }
  return lines
}

/** The last lines of each failure, marked as foreign; an empty line before each. */
export function renderFailures(model: ReportModel, style: Style): string[] {
  const failures = model.rows.filter((row) => isFailure(row) && !row.isInFindings && row.tail.trim() !== '')
  const lines: string[] = []
  for (const row of failures.slice(0, shownFailures)) {
    const tail = lastLines(plainText(row.tail), tailLines)
    lines.push('', `${style.red(consoleSigns.failure)} ${style.bold(safeLine(row.label))} ${style.dim('ended with')}`)
    if (tail.omitted > 0) lines.push(style.dim(`  │ …${whereOf(row)}`))
    for (const line of tail.lines) lines.push(`  ${style.dim('│')} ${withoutCommands(line)}`)
  }
  if (failures.length > shownFailures)
    lines.push(
      '',
      `… and the output of ${formatCount(failures.length - shownFailures)} more failures in the run directory`,
    )
  return lines
}

/** Where the whole output of the last attempt is, relative to the run directory. */
function whereOf({ attempts }: ReportRow): string {
  const file = attempts.at(-1)?.stdoutFile ?? null
  return file === null ? '' : ` (all of it: ${safeLine(file)})`
}

/** `✗ name failure in 3m 05s: 7 success, 1 failure · 12,345 tokens · $0.12`, and where it is known what earlier runs took. */
export function renderConclusion(model: ReportModel, style: Style): string {
  const standing = model.result ?? (model.course === 'killed' ? 'interrupted' : 'running')
  const facts = [describeStandings(model.rows), describeTokens(model.accounting), describeCost(model.accounting)]
  facts.push(describeSaved(model.rows))
  if (model.interruptedBy !== null) facts.push(`interrupted by ${safeLine(model.interruptedBy)}`)
  if (model.simulated) facts.push('simulated')
  const paint = paintStanding(standing, style)
  const reason = model.reason === '' ? '' : ` (${safeLine(model.reason)})`
  const earlier = model.earlier === undefined ? '' : `\n  ${style.dim(model.earlier)}`
  return `${paint(`${consoleSigns[standing]} ${style.bold(safeLine(model.name))} ${courseWords(model)}`)}${reason} ${model.result === null ? 'after' : 'in'} ${formatDuration(model.durationMs)}: ${facts.filter((fact) => fact !== '').join(' · ')}${earlier}`
}
