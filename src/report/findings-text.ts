import type { Finding, MergedFinding, ReviewVerdict } from '../core/finding.ts'
import { severities, type Severity } from '../core/findings-schema.ts'
import { plainLine, plainText } from '../core/plain-text.ts'
import { safeLine } from './console-row.ts'
import { codeSpan, escapeHtml, escapeMarkdown } from './markdown-text.ts'
import { formatPlural } from './quantities.ts'
import type { Style } from './style.ts'

const signs: Readonly<Record<Severity, string>> = { critical: '🟣', high: '🔴', medium: '🟠', low: '🟡', info: '🔵' }

/** The worst first, then as they stand in the files. */
export function worstFirst(findings: readonly MergedFinding[]): MergedFinding[] {
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

/** `1 critical, 2 high`. */
export function countSeverities(findings: readonly Finding[]): string {
  return severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ')
}

/** `src/a.ts:3-5`, with ` (removed)` for lines of the file as it was; empty for what concerns no file. */
export function placeOf(finding: Finding): string {
  const { path, line, endLine } = finding
  if (path === null) return ''
  const of = removedLinesOf(finding) === '' ? '' : ' (removed)'
  return `${path}${line === null ? '' : `:${line}`}${endLine === null ? '' : `-${endLine}`}${of}`
}

/** `removed lines 3-5`, for what can say nothing of the file before the change; empty where the lines are those of the file as it is. */
export function removedLinesOf({ line, endLine, side }: Finding): string {
  if (side === undefined || line === null) return ''
  return endLine === null ? `removed line ${line}` : `removed lines ${line}-${endLine}`
}

/**
 * A list for GitHub, at most `most`, the worst first; nothing without findings. With `show`, which makes an agent's Markdown harmless, each opens to
 * what is said of it.
 */
export function renderFindings(
  findings: readonly MergedFinding[],
  most: number,
  show: ((text: string) => string) | undefined,
): string[] {
  if (findings.length === 0) return []
  const shown = worstFirst(findings).slice(0, most)
  const parts = [`**${formatPlural(findings.length, 'finding')}**: ${countSeverities(findings)}`]
  const items = shown.map((finding) => renderFinding(finding, show))
  if (items.length > 0) parts.push(items.join(show === undefined ? '\n' : '\n\n'))
  if (shown.length < findings.length)
    parts.push(`*… and ${formatPlural(findings.length - shown.length, 'more finding')}: see \`run.json\`.*`)
  return parts
}

/** The sign of a severity. */
export function severitySign(severity: Severity): string {
  return signs[severity]
}

/** One finding for GitHub: a line, or one that opens to what is said of it where there is a way to show that. */
export function renderFinding(finding: MergedFinding, show: ((text: string) => string) | undefined): string {
  return show === undefined ? `- ${renderLine(finding)}` : renderOpen(finding, show)
}

/** Who reported a finding, what it is about and what verification came to: `claude`, `codex`, `security`, `confirmed`. */
export function tagsOf({ agents, category, state }: MergedFinding): string[] {
  return [...new Set([...agents, category, state === 'candidate' ? null : state].filter((each) => each !== null))]
}

function renderLine(finding: MergedFinding): string {
  const place = placeOf(finding)
  const { agents, state } = finding
  const who = escapeMarkdown([...agents, ...(state === 'candidate' ? [] : [state])].join(', '))
  return `${signs[finding.severity]} ${finding.severity}${place === '' ? '' : ` ${codeSpan(place)}`} ${escapeMarkdown(finding.title)} (${who})`
}

function renderOpen(finding: MergedFinding, show: (text: string) => string): string {
  const { severity, title, body, suggestion } = finding
  if (body.trim() === '' && suggestion === null) return renderLine(finding)
  const place = placeOf(finding)
  const where = place === '' ? '' : ` <code>${escapeHtml(place)}</code>`
  const tags = tagsOf(finding).map(escapeHtml)
  const text = [body, suggestion === null ? '' : `Suggestion:${suggestion.includes('\n') ? '\n\n' : ' '}${suggestion}`]
    .filter((each) => each.trim() !== '')
    .map((each) => show(plainText(each)))
    .join('\n\n')
  return `<details><summary>${signs[severity]} ${severity}${where} ${escapeHtml(title)} (${tags.join(', ')})</summary>\n\n${text}\n\n</details>`
}

/** `🔎 **Not reviewed**: security (timeout) did not look`, for GitHub; nothing where there is no review. */
export function renderVerdict(verdict: ReviewVerdict | null): string[] {
  if (verdict === null) return []
  const { sign, words } = verdicts[verdict.verdict]
  return [`${sign} **${words}**: ${escapeMarkdown(verdict.reason)}`]
}

/** The same for a console, an empty line before it. */
export function renderConsoleVerdict(verdict: ReviewVerdict | null, style: Style): string[] {
  if (verdict === null) return []
  const { words } = verdicts[verdict.verdict]
  const paint = verdict.verdict === 'clean' ? style.green : style.yellow
  return ['', `${paint(verdict.verdict === 'clean' ? '✓' : '!')} ${style.bold(words)}: ${safeLine(verdict.reason)}`]
}

const verdicts: Readonly<Record<ReviewVerdict['verdict'], { readonly sign: string; readonly words: string }>> = {
  clean: { sign: '🟢', words: 'Clean' },
  findings: { sign: '🔎', words: 'Findings' },
  'not-reviewed': { sign: '⚠️', words: 'Not reviewed' },
}

const consoleFindings = 20

/** Lines for a console, an empty one before them; nothing without findings. */
export function renderConsoleFindings(findings: readonly MergedFinding[], style: Style): string[] {
  if (findings.length === 0) return []
  const shown = worstFirst(findings).slice(0, consoleFindings)
  const lines = shown.map((finding) => {
    const paint = finding.severity === 'critical' || finding.severity === 'high' ? style.red : style.yellow
    const place = placeOf(finding)
    const where = place === '' ? '' : ` ${safeLine(place)}`
    return `  ${paint(finding.severity)}${where} ${safeLine(finding.title)} ${style.dim(`(${safeLine(finding.agents.join(', '))})`)}`
  })
  const more = findings.length - shown.length
  if (more > 0) lines.push(style.dim(`  … and ${formatPlural(more, 'more finding')} in run.json`))
  return [
    '',
    `${style.yellow('!')} ${style.bold(formatPlural(findings.length, 'finding'))}: ${countSeverities(findings)}`,
    ...lines,
  ]
}

/** What compilers call it, and with them the problem matchers of editors. */
const compilerLevels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/**
 * One line each, as GCC writes them and problem matchers read them: `path:line:1: error: title [high, security] (agents)`. What is about a whole file is
 * or about lines that are removed is at its first line; what is about none has our name where others have a path ("Formatting Error Messages" of the GNU Coding Standards).
 */
export function* renderFindingLines(findings: readonly MergedFinding[]): Generator<string> {
  for (const finding of findings) {
    const { path, line, severity, title, rule, category, agents } = finding
    const removed = removedLinesOf(finding)
    const place = path === null ? 'orchestrator' : `${plainLine(path)}:${removed === '' ? (line ?? 1) : 1}:1`
    const tags = [severity, rule ?? category, removed === '' ? null : removed]
      .filter((each) => each !== null)
      .map(plainLine)
    yield `${place}: ${compilerLevels[severity]}: ${plainLine(title)} [${tags.join(', ')}] (${plainLine(agents.join(', '))})\n`
  }
}
