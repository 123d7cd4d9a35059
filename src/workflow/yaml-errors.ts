import type { YAMLError } from 'yaml'
import type { SourceRange } from '../core/diagnostic.ts'
import type { Diagnostics } from './diagnostics.ts'
import { rangeAt, type SourceFile } from './source-file.ts'

/** How deep maps and lists may be nested. */
export const nestingLimit = 100

interface Described {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  readonly range: SourceRange
}

interface Wording {
  readonly message: string
  readonly hint?: string
}

/** Our words for the parser's errors, where its own are hard to understand. */
const wordings: Readonly<Record<string, Wording>> = {
  TAB_AS_INDENT: { message: 'YAML does not allow tabs for indentation', hint: 'Use spaces.' },
  BAD_INDENT: { message: 'the indentation of this line does not match the lines around it' },
  BAD_DQ_ESCAPE: {
    message: 'unknown escape sequence in double quotes',
    hint: "Use single quotes to keep a backslash as it is: `'\\d+'`.",
  },
  MULTIPLE_DOCS: {
    message: 'a second document starts here',
    hint: 'An orchestration file is a single document: remove the `---`.',
  },
  BLOCK_IN_FLOW: {
    message: 'a block list or block map cannot be inside `{ }` or `[ ]`',
    hint: 'Separate what is on one line by commas.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key and its `:` must be on the same line',
    hint: 'Check for a missing `:` after a key, or a missing closing quote.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'this `key:` is inside another value',
    hint: 'Quote the text, or start a new line.',
  },
  BAD_SCALAR_START: { message: 'plain text cannot start with this character', hint: 'Quote the text.' },
  KEY_OVER_1024_CHARS: { message: 'a key can have at most 1024 characters' },
  TAG_RESOLVE_FAILED: { message: 'unknown YAML tag', hint: 'Remove the `!`, or quote the text.' },
  BAD_ALIAS: { message: 'an alias must name an anchor', hint: 'If you mean a literal `*`, quote the text.' },
  BAD_COLLECTION_TYPE: { message: 'this tag does not fit a map or list' },
}

/** A parse error in our words, under a stable code, at a place that can be shown. */
export function describeSyntaxError(error: YAMLError, file: SourceFile): Described {
  const special = describeUnclosed(error, file) ?? describeUnseparated(error, file)
  const wording = special ?? describeRest(error, file) ?? wordings[error.code] ?? { message: lowerFirst(error.message) }
  const code = `yaml-${error.code.toLowerCase().replaceAll('_', '-')}`
  const { text } = file
  let [from, to] = special === undefined ? error.pos : [special.at, special.at + 1]
  if (error.code === 'BAD_INDENT') while (text[from] === ' ') from++
  to = Math.max(to, from + 1)
  const lineEnd = text.indexOf('\n', from)
  const end = Math.min(to, lineEnd === -1 ? text.length : Math.max(lineEnd, from + 1))
  return { code, message: wording.message, hint: wording.hint, range: rangeAt(file, from, end) }
}

/** Whether what the parser says of the line after an error only follows from that error. */
export function spoilsNextLine({ message }: YAMLError): boolean {
  return message.startsWith('Unexpected block-scalar-header at node end')
}

/** A line of a text, from where to where, and the value in it that begins with a mark of YAML's. */
function lineAt(text: string, offset: number): { readonly from: number; readonly value: string | undefined } {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const line = text.slice(start, end === -1 ? undefined : end)
  const [whole = '', lead = ''] = /^(\s*(?:- )*(?:[\w-]+: +)?)["'[{>|-].*$/.exec(line) ?? []
  return { from: start + lead.length, value: whole === '' ? undefined : whole.slice(lead.length).trimEnd() }
}

/** What to do with one text, such as a command, that begins as something else does in YAML. */
function quoteHint(value: string | undefined): string {
  const fits = value !== undefined && value.length <= 60 && !value.includes("'")
  return `Quote the whole value${fits ? ` (\`'${value}'\`)` : ''}, or write it on the line below \`|\`.`
}

/** A value that begins with a quote or bracket ends with it: what is meant as one text, such as a command, goes on. */
function describeRest({ code, message, pos }: YAMLError, { text }: SourceFile): Wording | undefined {
  if (code !== 'UNEXPECTED_TOKEN') return undefined
  const { from, value } = lineAt(text, pos[0])
  const hint = quoteHint(value)
  if (/block-seq-ind on same line with key/.test(message))
    return { message: 'a list begins on the line below its key', hint }
  if (message.startsWith('Not a YAML token') && /^[>|]/.test(value ?? ''))
    return { message: `text follows \`${value?.[0]}\` on the same line`, hint }
  if (/^Unexpected [\w-]+ token/.test(message))
    return { message: lowerFirst(message), hint: 'Look for a missing comma or quote before it.' }
  if (!/ at node end\b/.test(message)) return undefined
  const close = text.slice(from, pos[0]).trimEnd().at(-1) ?? ''
  if (!/["'\]}]/.test(close)) return undefined
  return {
    message: /["']/.test(close) ? 'text follows the closing quote' : `text follows the closing \`${close}\``,
    hint,
  }
}

/** The parser misses a comma in `[ -f x ] || y`, which is none of a list: the text goes on after its end. */
function describeUnseparated(
  { code, message, pos }: YAMLError,
  { text }: SourceFile,
): (Wording & { at: number }) | undefined {
  if (code !== 'MISSING_CHAR' || !/^Missing ,.* between flow /.test(message)) return undefined
  const { from, value } = lineAt(text, pos[0])
  const [inner = ''] = /^(?:\[[^\]]*\]|\{[^}]*\})\s*/.exec(value ?? '') ?? []
  if (value !== undefined && inner !== '' && /^[^\s#,\]}]/.test(value.slice(inner.length)))
    return {
      message: `text follows the closing \`${inner.trimEnd().at(-1)}\``,
      hint: quoteHint(value),
      at: from + inner.length,
    }
  const of = / map /.test(message) ? 'entries of this map' : 'items of this list'
  return {
    message: `a comma is missing between the ${of}`,
    hint: 'Quote the whole value if it is one text.',
    at: pos[0],
  }
}

/** Quotes and brackets are missed where the text ends; one looks for them where they were opened. */
function describeUnclosed(
  { code, message, pos }: YAMLError,
  { text }: SourceFile,
): (Wording & { at: number }) | undefined {
  const quote = code === 'MISSING_CHAR' ? /^Missing closing (["'])quote/.exec(message)?.[1] : undefined
  if (quote !== undefined) {
    const at = text.lastIndexOf(quote, pos[0] - 1)
    return at === -1 ? undefined : { message: 'this quote is never closed', at }
  }
  const kind = /^Flow (map|sequence) in block collection must be/.exec(message)?.[1]
  if (kind === undefined) return undefined
  const [open, close] = kind === 'map' ? ['{', '}'] : ['[', ']']
  const at = text.lastIndexOf(open ?? '', pos[0])
  return at === -1
    ? undefined
    : { message: `this \`${open}\` is never closed`, hint: `Add \`${close}\`, or indent what belongs inside.`, at }
}

/** Reports the first place that is nested too deep for the parser itself, found by counting brackets and dashes. */
export function reportNesting(file: SourceFile, diagnostics: Diagnostics): void {
  let depth = 0
  let at = 0
  for (let index = 0; index < file.text.length; index++) {
    const unit = file.text[index]
    if (unit === '[' || unit === '{' || unit === '-' || unit === '?') depth++
    else if (unit === ']' || unit === '}') depth--
    else if (unit === '\n')
      depth = file.text[index + 1] === ' ' || depth > nestingLimit ? depth : Math.min(depth, nestingLimit)
    if (depth > nestingLimit) {
      at = index
      break
    }
  }
  diagnostics.error(
    'nesting-too-deep',
    `maps and lists are nested more than ${nestingLimit} deep`,
    rangeAt(file, at, at + 1),
  )
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
