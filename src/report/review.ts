import { groupBy } from '../core/group-by.ts'
import type { Changes } from '../core/changes.ts'
import type { MergedFinding } from '../core/finding.ts'
import { severities, type Severity } from '../core/findings-schema.ts'
import { plainText } from '../core/plain-text.ts'
import { plainLines } from '../findings/follow-code.ts'
import { anchorOf, readHunks, removedAnchorOf, type Anchor, type HunkSides } from '../findings/diff-lines.ts'
import { replacementOf, suggestionFence } from '../findings/replacement.ts'
import { byteLength, cutToBytes } from './byte-length.ts'
import { renderFinding, renderVerdict, severitySign, worstFirst, countSeverities, tagsOf } from './findings-text.ts'
import { escapeHtml, escapeMarkdown } from './markdown-text.ts'
import { formatPlural } from './quantities.ts'
import type { ReportModel } from './report-model.ts'
import { renderSetAside } from './set-aside-text.ts'

/** A comment on lines of a file of a pull request, as it is or as it was before. */
export interface ReviewComment {
  readonly path: string
  readonly line: number
  /** Lines that the pull request removes. */
  readonly side?: 'left'
  /** First line, where there are several. */
  readonly startLine?: number
  readonly body: string
  /** What it is about, not how it says so: file, the text of the lines, category. */
  readonly subject: readonly string[]
  /** The lines it is on, without the spaces around them. */
  readonly code: readonly string[]
  readonly finding: MergedFinding
}

/** The findings of a run as one review. */
export interface Review {
  readonly comments: readonly ReviewComment[]
  /** What has no line in the diff, or no room; the worst first. */
  readonly folded: readonly MergedFinding[]
}

/** What of the findings becomes a review. */
export interface ReviewLimits {
  readonly maxComments: number
  /** Less severe ones are left to the other reports. */
  readonly severity?: Severity
}

/** Most bytes of what a model says in one comment. */
const bodyBytes = 20_000

/** Findings that do not count, and are listed all the same. */
const setAsideShown = 50

/** Finds the place of each finding in the diff; `diff` is the diff file of the changes. */
export function planReview(model: ReportModel, changes: Changes, diff: Buffer, limits: ReviewLimits): Review {
  const files = filesOf(changes, diff)
  const lowest = severities.indexOf(limits.severity ?? 'info')
  const comments: ReviewComment[] = []
  const folded: MergedFinding[] = []
  for (const finding of worstFirst(model.findings)) {
    if (severities.indexOf(finding.severity) > lowest) continue
    const anchor = placeOf(finding, files)
    if (anchor === undefined || finding.path === null || comments.length >= limits.maxComments) folded.push(finding)
    else comments.push(commentOn(finding, finding.path, anchor, model.showAnswer))
  }
  return { comments, folded }
}

interface ShownFile {
  readonly hunks: () => readonly HunkSides[]
  /** Lines of the checkout are those of the diff. */
  readonly isAsHere: boolean
}

/** Reads of the diff only what a finding is about. */
function filesOf(changes: Changes, diff: Buffer): Map<string, ShownFile> {
  const files = new Map<string, ShownFile>()
  let at = 0
  for (const { path, bytes, status, binary, differsHere } of changes.files) {
    const start = at
    at += bytes
    if (binary || status === 'type-changed') continue
    let hunks: readonly HunkSides[] | undefined
    files.set(path, {
      hunks: () => (hunks ??= readHunks(diff.subarray(start, start + bytes).toString('utf8'))),
      isAsHere: differsHere !== true,
    })
  }
  return files
}

function placeOf(
  { path, line, endLine, side }: MergedFinding,
  files: ReadonlyMap<string, ShownFile>,
): Anchor | undefined {
  const file = path === null ? undefined : files.get(path)
  if (file === undefined || line === null) return undefined
  if (side === 'left') return removedAnchorOf(file.hunks(), line, endLine ?? line)
  if (!file.isAsHere) return undefined
  const shown = file.hunks().map(({ now }) => now)
  return anchorOf(shown, line, endLine ?? line)
}

function commentOn(
  finding: MergedFinding,
  path: string,
  anchor: Anchor,
  show: ReportModel['showAnswer'],
): ReviewComment {
  const { severity, title, body, suggestion, category, rule, side } = finding
  const { start, end, text, isWhole } = anchor
  const replacement = isWhole && side === undefined ? replacementOf(suggestion) : undefined
  const isChange = replacement !== undefined && replacement.text !== `${text}\n`
  const advice = isChange ? replacement.remark : (suggestion ?? '')
  const said = [body, advice].map((each) => each.trim()).filter((each) => each !== '')
  const shown = said.map((each) => showSafely(cutToBytes(plainText(each), bodyBytes), show))
  const parts = [`${severitySign(severity)} **${severity}**: ${escapeMarkdown(title)}`, ...shown]
  if (isChange) parts.push(suggestionFence(replacement.text))
  parts.push(`<sub>${[...tagsOf(finding), ...(rule === null ? [] : [rule])].map(escapeHtml).join(' · ')}</sub>`)
  return {
    path,
    line: end,
    ...(start < end && { startLine: start }),
    ...(side !== undefined && { side }),
    body: parts.join('\n\n'),
    code: plainLines(text),
    subject: [path, text.replaceAll(/\s+/g, ' ').trim(), category ?? rule ?? '', ...(side === undefined ? [] : [side])],
    finding,
  }
}

function showSafely(text: string, show: ReportModel['showAnswer']): string {
  return show === undefined ? escapeMarkdown(text) : show(text)
}

/** What a review's text begins with, and how much it may say. */
export interface ReviewFrame {
  readonly marker: string
  readonly maxBytes: number
  /** Another one of the same run has said what it came to already. */
  readonly isFirst: boolean
}

/** The text of a review: what it came to, then, by file, the findings that have no comment of their own. */
export function renderReview(
  model: ReportModel,
  folded: readonly MergedFinding[],
  { marker, maxBytes, isFirst }: ReviewFrame,
): string {
  const { verdict, findings, setAside, showAnswer } = model
  const count = `**${formatPlural(findings.length, 'finding')}**: ${countSeverities(findings)}`
  const head = isFirst ? [...renderVerdict(verdict), ...(findings.length > 0 ? [count] : [])] : ['More comments.']
  for (let shown = folded.length; ; shown = Math.floor(shown / 2)) {
    const left = folded.length - shown
    const more = left > 0 ? [`*… and ${formatPlural(left, 'more finding')}: see the job summary.*`] : []
    const aside = isFirst ? renderSetAside(setAside, shown === folded.length ? setAsideShown : 0) : []
    const text = [marker, ...head, ...byFile(folded.slice(0, shown), showAnswer), ...more, ...aside].join('\n\n')
    if (byteLength(text) <= maxBytes || shown === 0) return cutToBytes(text, maxBytes)
  }
}

function byFile(findings: readonly MergedFinding[], show: ReportModel['showAnswer']): string[] {
  return [...groupBy(findings, ({ path }) => path ?? '')].map(([path, own]) => {
    const name = path === '' ? 'Without a place' : `<code>${escapeHtml(path)}</code>`
    const items = own.map((finding) => renderFinding(finding, show)).join('\n\n')
    return `<details><summary>${name} (${own.length})</summary>\n\n${items}\n\n</details>`
  })
}
