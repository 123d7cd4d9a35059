import type { Finding } from '../core/finding.ts'
import { plainText } from '../core/plain-text.ts'

/** What lines are to be replaced by, and what is said besides. */
export interface Replacement {
  /** The new lines, each with its line feed; empty where they are to go. */
  readonly text: string
  readonly remark: string
}

/**
 * What the lines of a finding are to be replaced by, where its suggestion has that in a fence `suggestion`, as GitHub writes it. Undefined for any
 * other advice, for more than one fence, and for a text with something in it that nobody would see.
 */
export function replacementOf(suggestion: string | null): Replacement | undefined {
  const lines = (suggestion ?? '').replaceAll('\r\n', '\n').split('\n')
  const opening = /^(`{3,}|~{3,})suggestion[ \t]*$/
  const first = lines.findIndex((line) => opening.test(line))
  const fence = opening.exec(lines[first] ?? '')?.[1]
  if (fence === undefined) return undefined
  const last = lines.findIndex((line, at) => at > first && line.trimEnd() === fence)
  const rest = lines.slice(last + 1)
  if (last === -1 || rest.some((line) => opening.test(line))) return undefined
  const text = lines
    .slice(first + 1, last)
    .map((line) => `${line}\n`)
    .join('')
  if (plainText(text) !== text) return undefined
  const remark = [lines.slice(0, first), rest].map((part) => part.join('\n').trim()).filter((part) => part !== '')
  return { text, remark: remark.join('\n\n') }
}

/** New lines in a fence `suggestion` that nothing inside closes; without a last line feed they get one. */
export function suggestionFence(text: string): string {
  let ticks = '```'
  while (text.includes(ticks)) ticks += '`'
  return `${ticks}suggestion\n${text === '' || text.endsWith('\n') ? text : `${text}\n`}${ticks}`
}

/** A finding whose suggestion is advice alone: its fences are code to read, not to put in place of lines. */
export function withoutReplacement<Of extends Pick<Finding, 'suggestion'>>(finding: Of): Of {
  const { suggestion } = finding
  return suggestion === null
    ? finding
    : { ...finding, suggestion: suggestion.replaceAll(/^([`~]{3,})suggestion[ \t]*$/gm, '$1') }
}
