import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RuntimeFacts, RuntimeKey } from '../../src/core/runtime.ts'
import { warningKinds, type WarningKind } from '../../src/core/expectation.ts'
import { loadPatterns, patternProblem } from '../../src/core/pattern.ts'
import { loadQueries, queryProblem } from '../../src/core/query.ts'
import { compile, type Compilation } from '../../src/workflow/compile.ts'

await loadPatterns()
await loadQueries()

const root = resolve(import.meta.dirname, '../golden/workflow')

/** The runtimes the goldens are compiled with, so that a new adapter changes none of them. */
export const goldenRuntimes: ReadonlyMap<string, RuntimeFacts> = new Map(
  (
    [
      [
        'claude',
        'agent',
        [
          'model',
          'args',
          'max-turns',
          'allowed-tools',
          'disallowed-tools',
          'instructions',
          'mcp',
          'output-schema',
          'budget.cost-usd',
          'expect.denials',
          'safety',
          'permissions',
          'credentials',
          'transcript',
        ],
        true,
      ],
      [
        'codex',
        'agent',
        ['model', 'args', 'instructions', 'output-schema', 'safety', 'credentials', 'transcript'],
        true,
      ],
      ['gemini', 'agent', [], false],
      ['shell', 'command', ['args'], true],
      ['python', 'command', ['args'], true],
      ['node', 'command', ['args'], true],
      ['wasm', 'command', [], false],
    ] satisfies [string, RuntimeFacts['kind'], RuntimeKey[], boolean][]
  ).map(([name, kind, supports, available]) => [
    name,
    {
      name,
      kind,
      supports: new Set(supports),
      available,
      ...((name === 'claude' || name === 'codex') && { continues: true as const }),
      ...(name === 'claude' && { tells: new Set(warningKinds) }),
      ...(name === 'codex' && { tells: new Set<WarningKind>(['model-changed', 'truncated', 'refused']) }),
      ...(name === 'codex' && { safety: new Set(['autonomous', 'supervised', 'read-only']) }),
    },
  ]),
)

/** Names of the goldens of one kind, without `.yml`. */
export function goldenNames(kind: 'ok' | 'err'): string[] {
  return readdirSync(join(root, kind))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => file.slice(0, -4))
    .toSorted()
}

/** The text of a golden's input. */
export function goldenText(kind: 'ok' | 'err', name: string): string {
  return readFileSync(join(root, kind, `${name}.yml`), 'utf8')
}

/** A text compiled by itself: there are no files that it could name. */
export function compileText(text: string): Compilation {
  return compile('text.yml', text, {
    read: () => undefined,
    runtimes: goldenRuntimes,
    checkPattern: patternProblem,
    checkQuery: queryProblem,
  })
}

/** A golden compiled; files that it names lie in `files/` beside it. */
export function compileGolden(kind: 'ok' | 'err', name: string): Compilation {
  const read = (path: string): string | undefined => {
    const file = join(root, kind, path)
    return existsSync(file) && statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined
  }
  return compile(`${name}.yml`, goldenText(kind, name), {
    read,
    runtimes: goldenRuntimes,
    checkPattern: patternProblem,
    checkQuery: queryProblem,
  })
}

/** What a golden must give; written instead of compared with UPDATE_GOLDEN=1. */
export function expectedOf(kind: 'ok' | 'err', file: string, actual: string): string {
  const path = join(root, kind, file)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
