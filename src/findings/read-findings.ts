import type { Finding, FindingsFormat } from '../core/finding.ts'
import { severities, type Severity } from '../core/findings-schema.ts'
import { isObject } from '../core/is-object.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { suggestionFence, withoutReplacement } from './replacement.ts'
import { normalPath, type ReporterPlace } from './normal-path.ts'

/** The findings of one answer. */
export interface ReadFindings {
  readonly findings: readonly Finding[]
  /** Entries that hold no finding: without words, or not of the format's form. They are counted, never dropped in silence. */
  readonly unread: number
  /** Whether it has the form of its format at all. */
  readonly isWhole: boolean
}

type Read = (entry: JsonObject, place: ReporterPlace) => Finding | undefined

/** Reads what a reporter wrote; paths become those of the repository. Never throws. */
export function readFindings(format: FindingsFormat, value: Json, place: ReporterPlace): ReadFindings {
  const entries = entriesOf[format](value)
  if (entries === undefined) return { findings: [], unread: 0, isWhole: false }
  const read = entries.map((entry) => (isObject(entry) ? readers[format](entry, place) : undefined))
  const findings = read.filter((finding) => finding !== undefined)
  return { findings, unread: read.length - findings.length, isWhole: true }
}

const entriesOf: Record<FindingsFormat, (value: Json) => readonly Json[] | undefined> = {
  findings: (value) => listIn(value, 'findings'),
  sarif: (value) =>
    listIn(value, 'runs')?.flatMap((run) =>
      (listIn(run, 'results') ?? [])
        .filter((result) => !isObject(result) || (listIn(result, 'suppressions') ?? []).length === 0)
        .map((result) => withRule(run, result)),
    ),
  rdjson: (value) => listIn(value, 'diagnostics') ?? (Array.isArray(value) ? value : undefined),
  eslint: (value) =>
    Array.isArray(value)
      ? (value as readonly Json[]).flatMap((file) =>
          (listIn(file, 'messages') ?? [null]).map((message) =>
            isObject(message) && isObject(file) ? { ...message, filePath: file['filePath'] ?? null } : null,
          ),
        )
      : undefined,
  checkstyle: (value) =>
    listIn(value, 'files')?.flatMap((file) =>
      (listIn(file, 'errors') ?? []).map((error) =>
        isObject(error) ? { ...error, name: field(file, 'name') ?? null } : null,
      ),
    ),
}

const readers: Record<FindingsFormat, Read> = {
  findings: (entry, place) =>
    finding({
      path: pathOf(entry['path'] ?? entry['file'], { ...place, directory: '' }),
      lines: [entry['line'], entry['endLine'] ?? entry['end-line']],
      isLeft: text(entry['side'])?.toLowerCase() === 'left',
      severity: severities.find((name) => name === entry['severity']) ?? 'medium',
      category: text(entry['category']),
      rule: text(entry['rule']),
      title: text(entry['title']),
      body: text(entry['body'] ?? entry['detail']),
      suggestion: text(entry['suggestion']),
      confidence: entry['confidence'],
      evidence: text(entry['evidence']),
      preExisting: entry['preExisting'] === true || entry['pre-existing'] === true,
    }),
  sarif: (entry, place) => {
    const location = field(list(entry['locations'])[0], 'physicalLocation')
    const region = field(location, 'region')
    // SARIF has no word for lines of the file as it was; these are the properties by which we write them.
    const own = entry['properties']
    const isLeft = field(own, 'side') === 'left'
    return finding({
      path: pathOf(decodedUri(field(field(location, 'artifactLocation'), 'uri')), place),
      lines: isLeft
        ? [field(own, 'line'), field(own, 'endLine')]
        : [field(region, 'startLine'), field(region, 'endLine')],
      isLeft,
      severity: sarifSeverity(entry),
      rule: text(entry['ruleId']),
      ...titleAndBody(text(field(entry['message'], 'text'))),
    })
  },
  rdjson: (entry, place) => {
    const range = field(entry['location'], 'range')
    return finding({
      path: pathOf(field(entry['location'], 'path'), place),
      lines: [field(field(range, 'start'), 'line'), field(field(range, 'end'), 'line')],
      severity: rdjsonSeverities[text(entry['severity'])?.toUpperCase() ?? ''] ?? 'medium',
      rule: text(field(entry['code'], 'value')),
      ...titleAndBody(text(entry['message'])),
      suggestion: rdjsonSuggestion(list(entry['suggestions'])[0], range),
    })
  },
  eslint: (entry, place) =>
    finding({
      path: pathOf(entry['filePath'], place),
      lines: [entry['line'], entry['endLine']],
      severity: entry['severity'] === 2 ? 'high' : 'medium',
      rule: text(entry['ruleId']),
      ...titleAndBody(text(entry['message'])),
    }),
  checkstyle: (entry, place) =>
    finding({
      path: pathOf(entry['name'], place),
      lines: [Number(text(entry['line'])), undefined],
      severity: checkstyleSeverities[text(entry['severity'])?.toLowerCase() ?? ''] ?? 'medium',
      rule: text(entry['source']),
      ...titleAndBody(text(entry['message'])),
    }),
}

/** Checkstyle's own levels (`SeverityLevel`). */
const checkstyleSeverities: Readonly<Record<string, Severity>> = {
  error: 'high',
  warning: 'medium',
  info: 'low',
  ignore: 'info',
}

/**
 * The new text of a suggestion; as a fence `suggestion` where it is for exactly the lines of the finding, from their start to their end: without
 * columns, or up to the start of the line after them.
 */
function rdjsonSuggestion(suggestion: Json | undefined, of: Json | undefined): string | null {
  const code = field(suggestion, 'text')
  if (typeof code !== 'string') return null
  const range = field(suggestion, 'range') ?? null
  const [start, end] = [field(range, 'start'), field(range, 'end') ?? null]
  const first = lineNumber(field(field(of, 'start'), 'line'))
  const last = lineNumber(field(field(of, 'end'), 'line')) ?? first
  const isFromStart = lineNumber(field(start, 'line')) === first && (lineNumber(field(start, 'column')) ?? 1) === 1
  const endLine = end === null ? first : lineNumber(field(end, 'line'))
  const endColumn = lineNumber(field(end ?? undefined, 'column'))
  const isBefore = endColumn === 1 && last !== null && endLine === last + 1
  if (first === null || !isFromStart || !(isBefore || (endColumn === null && endLine === last))) return text(code)
  return suggestionFence(code)
}

/** https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: names, or numbers of the enumeration. */
const rdjsonSeverities: Readonly<Record<string, Severity>> = { ERROR: 'high', WARNING: 'medium', INFO: 'low' }

const sarifLevels: Readonly<Record<string, Severity>> = { error: 'high', warning: 'medium', note: 'low', none: 'info' }

/** GitHub's bands of a rule's `security-severity`, a number from 0 to 10 (docs of SARIF support for code scanning); else the level. */
function sarifSeverity(result: JsonObject): Severity {
  const rule = result['rule']
  const score = Number(text(field(field(rule, 'properties'), 'security-severity')) ?? Number.NaN)
  if (score > 0) return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low'
  const level = text(result['level']) ?? text(field(field(rule, 'defaultConfiguration'), 'level')) ?? 'warning'
  return sarifLevels[level] ?? 'medium'
}

/** A location in SARIF is a URI: percent-encoded, also when it is relative. */
function decodedUri(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || /^file:/i.test(value)) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** A SARIF result together with the description of its rule. */
function withRule(run: Json, result: Json): Json {
  if (!isObject(result) || !isObject(run)) return result
  const rules = list(field(field(run['tool'], 'driver'), 'rules'))
  const index = result['ruleIndex']
  const rule =
    rules.find((each) => field(each, 'id') === result['ruleId']) ??
    (typeof index === 'number' ? rules[index] : undefined)
  return isObject(rule) ? { ruleId: rule['id'] ?? null, ...result, rule } : result
}

interface Parts {
  readonly path: string | null
  readonly lines: readonly [start: Json | undefined, end: Json | undefined]
  readonly isLeft?: boolean
  readonly severity: Severity
  readonly category?: string | null
  readonly rule: string | null
  readonly title: string | null
  readonly body?: string | null
  readonly suggestion?: string | null
  readonly confidence?: Json | undefined
  readonly evidence?: string | null
  readonly preExisting?: boolean
}

function finding({
  path,
  lines,
  isLeft = false,
  severity,
  category,
  rule,
  title,
  body,
  suggestion,
  confidence,
  evidence = null,
  preExisting = false,
}: Parts): Finding | undefined {
  const said = title ?? text(body?.split('\n')[0])
  if (said === null) return undefined
  const line = path === null ? null : lineNumber(lines[0])
  const endLine = line === null ? null : lineNumber(lines[1])
  const found: Finding = {
    path,
    line,
    endLine: endLine !== null && line !== null && endLine > line ? endLine : null,
    ...(isLeft && line !== null && { side: 'left' }),
    severity,
    category: category ?? null,
    rule,
    title: said,
    body: body ?? '',
    suggestion: suggestion ?? null,
    confidence: typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : null,
    ...(evidence !== null && { evidence }),
    ...(preExisting && { preExisting }),
  }
  // Nothing can be put in the place of lines that are no more.
  return found.side === 'left' ? withoutReplacement(found) : found
}

/** A linter's message: its first line is the title. */
function titleAndBody(message: string | null): { title: string | null; body: string } {
  const [title = '', ...rest] = (message ?? '').split('\n')
  return { title: title.trim() === '' ? null : title.trim(), body: rest.join('\n').trim() }
}

function pathOf(value: Json | undefined, place: ReporterPlace): string | null {
  return typeof value === 'string' ? normalPath(value, place) : null
}

function lineNumber(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function field(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function listIn(value: Json | undefined, key: string): readonly Json[] | undefined {
  const found = field(value, key)
  return Array.isArray(found) ? (found as readonly Json[]) : undefined
}
