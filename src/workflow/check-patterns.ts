import type { Compiling } from './compiling.ts'
import type { Plain } from './origins.ts'
import type { DefaultsEntry } from './schema.ts'

/** Reports regular expressions that are none: `expect.regex`, `parse.regex`. */
export function checkPatterns(values: Pick<DefaultsEntry, 'expect' | 'parse'>, compiling: Compiling): void {
  const { expect, parse } = values
  if (expect?.regex !== undefined) check(expect, expect.regex)
  if (typeof parse === 'object' && parse.regex !== undefined) check(parse, parse.regex)

  function check(owner: Plain, source: string): void {
    const problem = compiling.checkPattern(source)
    if (problem !== undefined)
      compiling.diagnostics.error(
        'bad-regex',
        `\`regex\` is not valid: ${problem}`,
        compiling.file.origins.ofValue(owner, 'regex'),
        {
          hint: 'Patterns follow RE2: no lookaround, no backreferences; `(?i)` at the start ignores case.',
        },
      )
  }
}
