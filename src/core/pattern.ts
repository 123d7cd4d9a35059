import type { RE2JS } from 're2js'

/** A regular expression of a user. It takes time in proportion to the text, whatever both are: no pattern can hang us. */
export interface Pattern {
  test(text: string): boolean
  /** The whole match and its groups, or its named groups where it has any; undefined where nothing matches. */
  groups(text: string): (string | null)[] | Record<string, string | null> | undefined
}

/** What may differ from a plain search: `i` ignores case, `m` lets `^` and `$` match at lines, `s` lets `.` match line ends. */
export type PatternFlags = string

let engine: typeof RE2JS | undefined

/** Loads the engine, which whoever uses patterns waits for first: most runs have none and need not. */
export async function loadPatterns(): Promise<void> {
  engine ??= (await import('re2js')).RE2JS
}

/** Whether a file may hold a pattern of ours, so that the engine is worth loading before it is read. */
export function mentionsPattern(text: string): boolean {
  return /\bregex\b/.test(text)
}

/** Why a text is no regular expression, in our words; undefined when it is one. */
export function patternProblem(source: string): string | undefined {
  try {
    compilePattern(source, '')
    return undefined
  } catch (error) {
    return error instanceof Error ? explain(source, error.message) : String(error)
  }
}

/** A pattern, in JavaScript's syntax where RE2 has its like. Throws where `patternProblem` finds a problem. */
export function compilePattern(source: string, flags: PatternFlags): Pattern {
  if (engine === undefined) throw new Error('the engine of regular expressions is not loaded')
  // The engine takes `\k` for a letter.
  if (/(?:^|[^\\])(?:\\\\)*\\k/.test(source)) throw new Error('backreference')
  const { CASE_INSENSITIVE, DOTALL, MULTILINE, translateRegExp } = engine
  const bits =
    (flags.includes('i') ? CASE_INSENSITIVE : 0) |
    (flags.includes('s') ? DOTALL : 0) |
    (flags.includes('m') ? MULTILINE : 0)
  const compiled = engine.compile(translateRegExp(source), bits)
  return {
    test: (text) => compiled.matcher(text).find(),
    groups(text) {
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return undefined
      const names = Object.keys(compiled.namedGroups())
      if (names.length > 0) return Object.fromEntries(names.map((name) => [name, matcher.group(name)]))
      return Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index))
    },
  }
}

function explain(source: string, message: string): string {
  if (/\(\?<?[=!]/.test(source)) return 'lookahead and lookbehind (`(?=`, `(?!`, `(?<=`, `(?<!`) are not supported'
  if (/\\[1-9]|\\k/.test(source)) return 'backreferences (`\\1`, `\\k<name>`) are not supported'
  return message.replace(/^error parsing regexp: /, '')
}
