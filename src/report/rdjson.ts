import type { Finding, MergedFinding } from '../core/finding.ts'
import type { Severity } from '../core/findings-schema.ts'
import { replacementOf } from '../findings/replacement.ts'
import { removedLinesOf, worstFirst } from './findings-text.ts'

const levels: Readonly<Record<Severity, 'ERROR' | 'WARNING' | 'INFO'>> = {
  critical: 'ERROR',
  high: 'ERROR',
  medium: 'WARNING',
  low: 'INFO',
  info: 'INFO',
}

/**
 * Findings, the worst first, as one document of reviewdog's Diagnostic Format (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). A suggestion
 * that replaces exactly the lines of its finding is one there too; other advice stands in the message, and so do lines that are removed, of which the format knows nothing.
 */
export function renderRdjson(findings: readonly MergedFinding[]): string {
  return `${JSON.stringify({ source: { name: 'orchestrator' }, diagnostics: worstFirst(findings).map(diagnosticOf) }, null, 2)}\n`
}

function diagnosticOf(finding: MergedFinding) {
  const { path, severity, title, body, suggestion, rule, category, agents } = finding
  const range = rangeOf(finding)
  const replacement = range === undefined ? undefined : replacementOf(suggestion)
  const advice = replacement === undefined ? (suggestion ?? '') : replacement.remark
  const code = rule ?? category
  const removed = removedLinesOf(finding)
  return {
    message: [removed === '' ? title : `${title} (${removed})`, body, advice]
      .filter((part) => part.trim() !== '')
      .join('\n\n'),
    ...(path !== null && { location: { path, ...(range !== undefined && { range }) } }),
    severity: levels[severity],
    source: { name: agents.join(', ') },
    ...(code !== null && { code: { value: code } }),
    ...(replacement !== undefined && { suggestions: [{ range, text: replacement.text.replace(/\n$/, '') }] }),
  }
}

/** Whole lines: a range without columns has both its ends in it. */
function rangeOf({ line, endLine, side }: Finding) {
  return line === null || side === 'left' ? undefined : { start: { line }, end: { line: endLine ?? line } }
}
