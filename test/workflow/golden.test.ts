import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { compileGolden, expectedOf, goldenNames, goldenText } from './golden-files.ts'

const schemaPath = resolve(import.meta.dirname, '../../schema/orchestrator.schema.json')
const validates = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaPath, 'utf8')))

/** Codes of mistakes that JSON Schema cannot see: they are about names, other files, expressions or YAML itself. */
const beyondSchema = new Set([
  'alias-bomb',
  'apply-without-worktree',
  'nested-worktree',
  'bad-input',
  'bad-json',
  'bad-regex',
  'env-expression',
  'bad-matrix',
  'condition-always-true',
  'conflicting-keys',
  'cycle',
  'duplicate-id',
  'empty-action',
  'id-too-long',
  'duplicate-key',
  'duplicate-need',
  'expression-not-allowed',
  'expression-not-static',
  'file-not-found',
  'id-in-map',
  'include-cycle',
  'include-outside',
  'key-not-text',
  'merge-key',
  'nesting-too-deep',
  'no-agent-covers',
  'no-instances',
  'no-matrix',
  'no-variant',
  'unknown-variant',
  'not-a-number',
  'not-for-groups',
  'not-for-prompts',
  'not-needed',
  'only-for-prompts',
  'only-for-scripts',
  'recursive-alias',
  'reserved-key',
  'runtime-taken',
  'script-injection',
  'secret-variable',
  'unknown-agent',
  'unknown-anchor',
  'unknown-instance',
  'unknown-runtime',
  'unsupported',
  'no-findings',
  'threads-without-review',
  'not-verified',
  'needs-in-repeat',
  'no-session',
  'session-taken',
  'untold-warning',
  'cancel-rest-needed',
  'quorum-impossible',
  'quorum-in-defaults',
  'quorum-without-group',
  'repeat-in-worktree',
  'repeat-without-sequence',
  'unsupported-key',
  'no-command',
  'bad-version',
  'bad-mcp',
  'bad-query',
  'query-without-json',
  'unknown-placeholder',
  'prompt-passed-twice',
  'unsupported-safety',
  'wrong-runtime',
])
const isBeyondSchema = (code: string): boolean =>
  beyondSchema.has(code) || code.startsWith('yaml-') || code.startsWith('expression-') || expressionCodes.has(code)

/** Codes of the expression language. */
const expressionCodes = new Set([
  'unknown-context',
  'unknown-function',
  'unknown-property',
  'unknown-output',
  'unknown-input',
  'unknown-matrix-key',
  'unavailable-context',
  'status-function',
  'hash-files',
  'wrong-arity',
  'constant-comparison',
])

describe('a valid file', () => {
  for (const name of goldenNames('ok'))
    it(`${name} gives its plan, and the JSON Schema accepts it`, () => {
      const { plan, diagnostics, sources } = compileGolden('ok', name)
      assert.ok(plan, renderDiagnostics(diagnostics, sources, 'text'))
      const warnings = diagnostics.map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`)
      const actual = `${JSON.stringify({ ...plan, ...(warnings.length > 0 && { warnings }) }, null, 2)}\n`
      assert.equal(actual, expectedOf('ok', `${name}.json`, actual))
      const data: unknown = parse(goldenText('ok', name), { merge: true })
      assert.ok(validates(data), JSON.stringify(validates.errors?.slice(0, 5)))
    })
})

describe('a broken file', () => {
  for (const name of goldenNames('err'))
    it(`${name} gives its diagnostics, and the JSON Schema refuses what it can`, () => {
      const { plan, diagnostics, sources } = compileGolden('err', name)
      const actual = renderDiagnostics(diagnostics, sources, 'text')
      assert.equal(actual, expectedOf('err', `${name}.out`, actual))
      assert.equal(plan, undefined)
      const errors = diagnostics.filter(({ severity, range }) => severity === 'error' && range?.file === `${name}.yml`)
      // Values of matrix cells and of expressions are no part of the file's own structure.
      const isStructural = !/^(?:matrix-cell|constant-of)/.test(name)
      assert.ok(diagnostics.length > 0)
      for (const { code, range } of diagnostics) assert.ok(range, `${code} has no place`)
      if (isStructural && errors.some(({ code }) => !isBeyondSchema(code)))
        assert.ok(
          !validates(parse(goldenText('err', name), { merge: true, uniqueKeys: false })),
          'the JSON Schema accepts it',
        )
    })
})
