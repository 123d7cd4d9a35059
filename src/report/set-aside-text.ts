import type { MergedFinding, SetAside } from '../core/finding.ts'
import { plainLine } from '../core/plain-text.ts'
import { cutText } from '../core/cut-text.ts'
import { placeOf, severitySign, worstFirst } from './findings-text.ts'
import { codeSpan, escapeMarkdown } from './markdown-text.ts'
import { formatPlural } from './quantities.ts'
import type { Style } from './style.ts'

const kinds: Readonly<Record<SetAside['why']['kind'], string>> = {
  refuted: 'refuted by verification',
  threshold: 'below a threshold',
  dismissed: 'dismissed by a person',
}

/** Characters of a reason in a list. */
const reasonLength = 300

/** `2 findings do not count: 1 refuted by verification, 1 below a threshold`; empty where every finding counts. */
export function countSetAside(setAside: readonly SetAside[]): string {
  if (setAside.length === 0) return ''
  const counts = Object.entries(kinds)
    .map(([kind, words]) => ({ words, count: setAside.filter(({ why }) => why.kind === kind).length }))
    .filter(({ count }) => count > 0)
  const verb = setAside.length === 1 ? 'does' : 'do'
  return `${formatPlural(setAside.length, 'finding')} ${verb} not count: ${counts.map(({ words, count }) => `${count} ${words}`).join(', ')}`
}

/** The findings that do not count, folded, for GitHub: at most `most`, the worst first, each with its reason. */
export function renderSetAside(setAside: readonly SetAside[], most: number): string[] {
  if (setAside.length === 0) return []
  const reasons = new Map(setAside.map(({ finding, why }) => [finding, why]))
  const items = worstFirst(setAside.map(({ finding }) => finding))
    .slice(0, most)
    .map((finding) => {
      const place = placeOf(finding)
      const { kind, detail } = reasons.get(finding) ?? { kind: 'threshold', detail: '' }
      const said = [kind, cutText(plainLine(detail), reasonLength)].filter((part) => part !== '').join(': ')
      return `- ${severitySign(finding.severity)} ${finding.severity}${place === '' ? '' : ` ${codeSpan(place)}`} ${escapeMarkdown(finding.title)} (${escapeMarkdown(finding.agents.join(', '))}) · ${escapeMarkdown(said)}`
    })
  const left = setAside.length - items.length
  if (left > 0) items.push(`- … and ${left} more in \`run.json\``)
  return [`<details><summary>${countSetAside(setAside)}</summary>\n\n${items.join('\n')}\n\n</details>`]
}

/** The findings that people dismissed before, among those that do not count. */
export function dismissedOf(setAside: readonly SetAside[]): MergedFinding[] {
  return setAside.flatMap(({ finding, why }) => (why.kind === 'dismissed' ? [finding] : []))
}

/** A line for a console. */
export function renderConsoleSetAside(setAside: readonly SetAside[], style: Style): string[] {
  return setAside.length === 0 ? [] : [style.dim(`  ${countSetAside(setAside)} (run.json)`)]
}
