import type { MergedFinding } from '../core/finding.ts'
import type { Severity } from '../core/findings-schema.ts'
import { removedLinesOf, worstFirst } from './findings-text.ts'
import { byteLength, cutToBytes } from './byte-length.ts'
import { lastLines, plainLine, plainText } from '../core/plain-text.ts'
import { isFailure, type ReportModel, type ReportRow } from './report-model.ts'

/** A remark on a place in a file, as GitHub shows it; lines and columns count from 1. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}

/** GitHub cuts longer messages (actions/runner). */
const messageLimit = 4096

/**
 * One error per failed instance, pointing at its place in the orchestration file, or a warning for one that was forgiven; then the findings that
 * have a place, the worst first.
 */
export function collectAnnotations(model: ReportModel): Annotation[] {
  return [...collectFailures(model), ...placedFindings(model).map(annotateFinding)]
}

/** The annotations of failed instances alone. */
export function collectFailures(model: ReportModel): Annotation[] {
  return model.rows.filter(isFailure).map(annotate)
}

/** The findings that have a place, the worst first. */
export function placedFindings({ findings }: Pick<ReportModel, 'findings'>): MergedFinding[] {
  return worstFirst(findings).filter(({ path }) => path !== null)
}

const findingLevels: Readonly<Record<Severity, Annotation['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
}

/**
 * A finding as an annotation of its lines: `critical` and `high` are errors, `medium` is a warning, others are notices. An annotation cannot be on lines that
 * are removed: it says which, and is about the file.
 */
export function annotateFinding(finding: MergedFinding): Annotation {
  const { severity, title, body, path, line, endLine, agents } = finding
  const removed = removedLinesOf(finding)
  const said = plainText(body).trim()
  return {
    level: findingLevels[severity],
    title: plainLine(`${severity}: ${title}`),
    message: cutMessage(
      `${said === '' ? plainLine(title) : said}\n(${plainLine([...agents, ...(removed === '' ? [] : [removed])].join(', '))})`,
    ),
    ...(path !== null && { file: path }),
    ...(line !== null && removed === '' && { line }),
    ...(endLine !== null && removed === '' && { endLine }),
  }
}

/** A message within GitHub's limit. */
function cutMessage(message: string): string {
  return byteLength(message) <= messageLimit ? message : `${cutToBytes(message, messageLimit - 3)}…`
}

function annotate(row: ReportRow): Annotation {
  const detail = row.detail === '' ? '' : `: ${plainLine(row.detail)}`
  const tail = lastLines(plainText(row.tail), 10).lines.join('\n')
  const { forgiven } = row
  return {
    level: forgiven ? 'warning' : 'error',
    title: plainLine(`${row.label}: ${row.reason === '' ? 'failure' : row.reason}`),
    message: cutMessage(
      `${row.label} failed${forgiven ? ' (forgiven by continue-on-error)' : ''}${detail}${tail === '' ? '' : `\n${tail}`}`,
    ),
    ...(row.at !== null && { file: row.at.file, line: row.at.line, column: row.at.column }),
  }
}
