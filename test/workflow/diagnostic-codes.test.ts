import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { compileGolden, goldenNames } from './golden-files.ts'

const root = resolve(import.meta.dirname, '../..')
const documented = new Set(
  [...readFileSync(join(root, 'docs/diagnostics.md'), 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
    (match) => match[1] ?? '',
  ),
)
const shown = new Set(
  (['ok', 'err'] as const).flatMap((kind) =>
    goldenNames(kind).flatMap((name) => compileGolden(kind, name).diagnostics.map(({ code }) => code)),
  ),
)
const isYaml = (code: string): boolean => code.startsWith('yaml-')

/** Limits of the language that a readable example cannot cross. */
const withoutExample = new Set(['expression-too-long', 'expression-too-deep', 'nesting-too-deep', 'too-many-lines'])

/** Only where a file is split over jobs, which a golden is not. */
const ofSplitFiles = new Set(['different-jobs', 'fail-fast-in-each-job'])
const splitting = readFileSync(join(root, 'test/cli/compile-workflow.test.ts'), 'utf8')

describe('every diagnostic code', () => {
  it('that a golden shows is documented', () =>
    assert.deepEqual(
      [...shown].filter((code) => !isYaml(code) && !documented.has(code)),
      [],
    ))

  it('that is documented has a golden', () =>
    assert.deepEqual(
      [...documented].filter((code) => !shown.has(code) && !withoutExample.has(code) && !ofSplitFiles.has(code)),
      [],
    ))

  it('of a file that is split is shown by a test', () =>
    assert.deepEqual(
      [...ofSplitFiles].filter((code) => !splitting.includes(code)),
      [],
    ))

  it('in the source of the compiler is documented', () => {
    const folder = join(root, 'src/workflow')
    const codes: string[] = []
    for (const file of readdirSync(folder)) {
      // Their codes are documented as two families.
      if (/^(?:import-|migrat)/.test(file)) continue
      const text = readFileSync(join(folder, file), 'utf8')
      for (const [, code] of text.matchAll(/(?:\.error|\.warning|\.notice|\bfail)\(\s*'([a-z]+(?:-[a-z]+)*)'/g))
        codes.push(code ?? '')
    }
    assert.ok(codes.length > 30)
    assert.deepEqual(
      [...new Set(codes)].filter((code) => !isYaml(code) && !documented.has(code)),
      [],
    )
  })
})
