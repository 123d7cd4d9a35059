import { parseJson } from '../../core/parse-json.ts'
import { isObject } from '../../core/is-object.ts'
import type { Json } from '../../core/json.ts'
import type { CustomParse } from '../../core/custom-runtime.ts'
import { plainLine } from '../../core/plain-text.ts'
import { runQuery } from '../../core/query.ts'
import { type Accounting, unknownAccounting, type Usage } from '../../core/usage.ts'

/** What the output of a declared CLI says, by its definition. */
export interface CustomReading {
  readonly text: string
  /** What the path of the answer found, where that is no text. */
  readonly value?: Json
  /** What it reports as gone wrong. */
  readonly error: string | undefined
  readonly accounting: Accounting
  /** Its tool calls, a line each. */
  readonly tools: readonly string[]
  /** What of the definition could not be applied, one line each. */
  readonly problems: readonly string[]
  /** False where the output is not what `format` says. */
  readonly readable: boolean
}

/** Reads the whole standard output; `loadQueries` has settled. */
export function readOutput(output: string, parse: CustomParse): CustomReading {
  const problems: string[] = []
  const data = documentOf(output, parse.format)
  if (data === undefined) {
    const why = parse.format === 'json' ? 'the output is not JSON' : 'no line of the output is JSON'
    return {
      text: output,
      error: undefined,
      accounting: unknownAccounting,
      tools: [],
      problems: [why],
      readable: false,
    }
  }
  const find = (key: string, path: string | undefined): Json => {
    if (path === undefined) return null
    const found = runQuery(path, data)
    if ('value' in found) return found.value
    problems.push(plainLine(`\`${key}\`: ${found.problem}`))
    return null
  }
  const amount = (key: string, path: string | undefined): number | undefined => {
    const found = find(key, path)
    const numbers = [found].flat().filter((value) => value !== null)
    const isFine = numbers.every((value): value is number => Number.isFinite(value) && Number(value) >= 0)
    if (isFine) return numbers.length === 0 ? undefined : numbers.reduce((sum, value) => sum + value, 0)
    problems.push(plainLine(`\`${key}\` must find numbers, found ${JSON.stringify(found).slice(0, 80)}`))
    return undefined
  }
  const usage = usageOf(parse.usage, amount)
  const costUsd = amount('cost-usd', parse.costUsd) ?? null
  const answer = find('text', parse.text)
  return {
    text: parse.text === undefined ? output : textOf(answer),
    ...(typeof answer === 'object' && answer !== null && { value: answer }),
    error: errorOf(find('error', parse.error)),
    accounting: { ...usage, costUsd, costSource: costUsd === null ? 'unknown' : 'cli' },
    tools: toolsOf(find('tools', parse.tools)),
    problems,
    readable: true,
  }
}

/** The tool calls that one line of `ndjson` reports. */
export function toolsOfLine(line: Json, tools: string): string[] {
  const found = runQuery(tools, [line])
  return 'value' in found ? toolsOf(found.value) : []
}

/** What queries are asked of; undefined where there is nothing. */
function documentOf(output: string, format: CustomParse['format']): Json | undefined {
  if (format === 'text') return output
  if (format === 'json')
    // Some CLIs greet before they answer.
    return tryJson(output) ?? tryJson(/^[[{][^]*/m.exec(output)?.[0] ?? '')
  const lines = output.split('\n').flatMap((line) => tryJson(line) ?? [])
  return lines.length === 0 ? undefined : lines
}

function tryJson(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** What it does not say is unknown; of what it says in part, the figures are a lower bound. */
function usageOf(
  paths: CustomParse['usage'],
  amount: (key: string, path: string | undefined) => number | undefined,
): Pick<Accounting, 'usage' | 'partial'> {
  const input = amount('usage.input', paths.input)
  const output = amount('usage.output', paths.output)
  const cacheRead = amount('usage.cache-read', paths.cacheRead)
  const cacheWrite = amount('usage.cache-write', paths.cacheWrite)
  const reasoning = amount('usage.reasoning', paths.reasoning)
  if ([input, output, cacheRead, cacheWrite].every((value) => value === undefined))
    return { usage: null, partial: true }
  const usage: Usage = {
    input: input ?? 0,
    cacheRead: cacheRead ?? 0,
    cacheWrite: cacheWrite ?? 0,
    output: output ?? 0,
    reasoning: reasoning ?? 0,
  }
  return { usage, partial: input === undefined || output === undefined }
}

/** A text; the parts of one in a row; anything else as JSON. */
function textOf(found: Json): string {
  if (found === null) return ''
  if (typeof found === 'string') return found
  if (Array.isArray(found) && found.every((part) => typeof part === 'string')) return found.join('')
  return JSON.stringify(found)
}

/** Nothing, `false` and what is empty is no error; of several the last one counts. */
function errorOf(found: Json): string | undefined {
  const last = Array.isArray(found) ? ((found as readonly Json[]).at(-1) ?? null) : found
  if (last === null || last === false || last === '') return undefined
  if (last === true) return 'it reported an error'
  return plainLine(isObject(last) && typeof last['message'] === 'string' ? last['message'] : textOf(last))
}

function toolsOf(found: Json): string[] {
  return [found]
    .flat()
    .filter((call) => call !== null && call !== false)
    .map((call) => plainLine(textOf(call)))
}
