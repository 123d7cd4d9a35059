/* oxlint-disable no-control-regex -- control characters are what this file is about */

/** Escape sequences of terminals: CSI, OSC (closed by BEL, ST or the line's end), other strings, two-character ones. */
const escapeSequences =
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]?/g

/** C0 and C1 controls but tab and line feed; characters that reorder or hide text; lone surrogates. */
const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]|[\uD800-\uDFFF]/gu

/**
 * Text from a model, a program or a stranger with nothing left that acts on a terminal or hides its meaning: no escape
 * sequences, no control or bidirectional characters. Lines end with a line feed; what a carriage return overwrote is gone.
 */
export function plainText(text: string): string {
  return withoutOverwritten(text.replaceAll(escapeSequences, '')).replaceAll(unseen, '')
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
