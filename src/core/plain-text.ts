/* oxlint-disable no-control-regex -- control characters are what this file is about */
import { hiddenRanges, longestUnseen } from './unseen.ts'

/** Escape sequences of terminals: CSI, OSC (closed by BEL, ST or the line's end), other strings, two-character ones. */
const escapeSequences = new RegExp(
  String.raw`(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?` +
    String.raw`|(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C\n]{0,${longestUnseen}}(?:\u0007|\u001B\\|\u009C)?` +
    String.raw`|\u001B[ -/]*[0-~]?`,
  'g',
)

/** What does not show, and lone surrogates. */
const hidden = new RegExp(
  `[${hiddenRanges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('')}]|[\\uD800-\\uDFFF]`,
  'gu',
)

/**
 * Text from a model, a program or a stranger with nothing left that acts on a terminal or hides its meaning: no escape
 * sequences, no control or bidirectional characters. Lines end with a line feed; what a carriage return overwrote is gone.
 */
export function plainText(text: string): string {
  return withoutOverwritten(text.replaceAll(escapeSequences, '')).replaceAll(hidden, '')
}

/** A progress bar leaves its last state. */
function withoutOverwritten(text: string): string {
  if (!text.includes('\r')) return text
  const lines = text.split('\n').map((line) => {
    const shown = line.endsWith('\r') ? line.slice(0, -1) : line
    return shown.slice(shown.lastIndexOf('\r') + 1)
  })
  return lines.join('\n')
}

/** The same in one line, white space folded. */
export function plainLine(text: string): string {
  return plainText(text)
    .replaceAll(/[\s\u2028\u2029]+/g, ' ')
    .trim()
}

/** Whether a text shows nothing: only blanks, line breaks and characters without a width. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text)
}

/**
 * A line that the runner will not take for a workflow command, wherever it stands: `##[name]` acts anywhere in a line,
 * `::name::` at its start (docs of actions/runner, ActionCommand).
 */
export function withoutCommands(line: string): string {
  return line.replaceAll('##[', '## [').replace(/^(\s*):(?=:)/, '$1: ')
}

/** The last `count` lines of a text, without empty lines at its end, and how many lines stand before them. */
export function lastLines(text: string, count: number): { lines: string[]; omitted: number } {
  const lines = text.trimEnd().split('\n')
  if (lines.length === 1 && lines[0] === '') return { lines: [], omitted: 0 }
  const omitted = Math.max(0, lines.length - count)
  return { lines: lines.slice(omitted), omitted }
}
