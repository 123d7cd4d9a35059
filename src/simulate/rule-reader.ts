import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter, type Pair, type YAMLMap } from 'yaml'
import type { Diagnostic, Position } from '../core/diagnostic.ts'
import type { Json } from '../core/json.ts'
import { compilePattern, type Pattern, patternProblem } from '../core/pattern.ts'
import { closestName } from '../core/closest-name.ts'

/** Reads values of one YAML map; whatever has the wrong type is reported and counts as absent. */
export interface MapReader {
  node(key: string): unknown
  text(key: string): string | undefined
  flag(key: string): boolean | undefined
  /** A whole number, at least `least`. */
  count(key: string, least: number): number | undefined
  /** Milliseconds: a number, or `200ms`, `2s`, `1m`. */
  duration(key: string): number | undefined
  /** A text to be found literally, or `/regex/flags`. */
  pattern(key: string): Pattern | undefined
  json(key: string): Json | undefined
  list<T>(key: string, read: (node: unknown) => T | undefined): T[] | undefined
  /** Reports at the value of `key`, or at the map. */
  report(code: string, message: string, key?: string): void
}

/** Collects the mistakes of one rules file. */
export interface RuleReader {
  readonly diagnostics: Diagnostic[]
  report(code: string, message: string, offsets?: readonly number[], hint?: string): void
  /** The node as a map with only these keys; undefined, and reported, when it is something else. */
  map(node: unknown, what: string, keys: readonly string[]): MapReader | undefined
}

/** A reader for a parsed document, in the file of this name, whose lines were counted meanwhile. */
export function createRuleReader(file: string, document: Document, lines: LineCounter): RuleReader {
  const diagnostics: Diagnostic[] = []
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col), offset }
  }
  const report: RuleReader['report'] = (code, message, offsets = [0, 0], hint) => {
    const start = offsets[0] ?? 0
    diagnostics.push({
      code,
      severity: 'error',
      message,
      range: { file, start: position(start), end: position(offsets[1] ?? start) },
      ...(hint !== undefined && { hint }),
    })
  }
  const map: RuleReader['map'] = (given, what, keys) => {
    const node = isAlias(given) ? given.resolve(document) : given
    if (!isMap(node)) {
      report('simulate-type', `${what} must be a map`, offsetsOf(node))
      return undefined
    }
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (keys.includes(name)) continue
      const near = closestName(name, keys)
      const hint =
        near === undefined
          ? `Known keys: ${keys.map((known) => `\`${known}\``).join(', ')}.`
          : `Did you mean \`${near}\`?`
      report('simulate-unknown-key', `unknown key \`${name}\` in ${what}`, offsetsOf(key), hint)
    }
    return mapReader(node, document, report)
  }
  return { diagnostics, report, map }
}

const offsetsOf = (node: unknown): readonly number[] | undefined =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : undefined

function mapReader(node: YAMLMap, document: Document, report: RuleReader['report']): MapReader {
  const pairOf = (key: string): Pair | undefined =>
    node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)
  const valueOf = (key: string): unknown => {
    const value = pairOf(key)?.value
    return isAlias(value) ? value.resolve(document) : value
  }
  const complain: MapReader['report'] = (code, message, key) => {
    const pair = key === undefined ? undefined : pairOf(key)
    report(code, message, offsetsOf(pair?.value) ?? offsetsOf(pair?.key) ?? offsetsOf(node))
  }
  const scalar = (key: string): unknown => {
    const value = valueOf(key)
    if (value === undefined || isScalar(value)) return value?.value
    complain('simulate-type', `\`${key}\` must be a single value, not a list or map`, key)
    return undefined
  }
  const wrong = (key: string, want: string): undefined =>
    complain('simulate-type', `\`${key}\` must be ${want}`, key) as undefined
  const text: MapReader['text'] = (key) => {
    const value = scalar(key)
    if (value === undefined || typeof value === 'string') return value
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : wrong(key, 'a string')
  }
  return {
    node: (key) => valueOf(key) ?? undefined,
    text,
    flag: (key) => {
      const value = scalar(key)
      return value === undefined || typeof value === 'boolean' ? value : wrong(key, '`true` or `false`')
    },
    count: (key, least) => {
      const value = scalar(key)
      if (value === undefined) return undefined
      const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= least
      return fits ? value : wrong(key, least === 0 ? 'a whole number, 0 or above' : `a whole number from ${least}`)
    },
    duration: (key) => {
      const value = scalar(key)
      if (value === undefined) return undefined
      const parts = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(
        typeof value === 'string' || typeof value === 'number' ? String(value) : '',
      )
      if (parts === null) return wrong(key, 'a duration such as `200ms`, `2s` or `1m`')
      return Number(parts[1]) * (parts[2] === 'm' ? 60_000 : parts[2] === 's' ? 1000 : 1)
    },
    pattern: (key) => {
      const value = text(key)
      if (value === undefined) return undefined
      const parts = /^\/(.+)\/([a-z]*)$/s.exec(value)
      if (parts === null) return { test: (text) => text.includes(value), groups: () => undefined }
      const [, source = '', flags = ''] = parts
      const problem = /[^dgimsuvy]/.test(flags) ? `unknown flags \`${flags}\`` : patternProblem(source)
      return problem === undefined ? compilePattern(source, flags) : wrong(key, `a regular expression: ${problem}`)
    },
    json: (key) => {
      const value = valueOf(key)
      return isNode(value) ? (value.toJS(document) as Json) : undefined
    },
    list: (key, read) => {
      const value = valueOf(key)
      if (value === undefined) return undefined
      if (!isSeq(value)) return wrong(key, 'a list')
      return value.items.map((item) => read(item)).filter((item) => item !== undefined)
    },
    report: complain,
  }
}
