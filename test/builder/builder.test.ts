import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { isPair, parse, parseDocument, visit } from 'yaml'
import { withoutSource, workflow, WorkflowError } from '../../src/workflow/builder.ts'
import { compile } from '../../src/workflow/compile.ts'
import { printPlan } from '../../src/workflow/print.ts'
import { printFile } from '../../src/workflow/print-file.ts'
import type { InstanceEntry } from '../../src/workflow/schema-instance.ts'
import { compileGolden, goldenNames, goldenRuntimes, goldenText } from '../workflow/golden-files.ts'

const options = { read: () => undefined, runtimes: goldenRuntimes }

const goldens = join(import.meta.dirname, '../golden/workflow/ok')
const readBeside = (path: string): string | undefined =>
  existsSync(join(goldens, path)) ? readFileSync(join(goldens, path), 'utf8') : undefined

/** A golden as plain data; numbers whose writing says more than their value (`1.10`) as texts. */
function asData(text: string): object {
  const document = parseDocument(text, { merge: true })
  visit(document, {
    Scalar: (_, scalar, path) => {
      const pair = path.at(-1)
      if (isPair(pair) && /^(cost-usd|warn-at)$/.test(String(pair.key))) return
      if (typeof scalar.value === 'number' && scalar.source !== String(scalar.value)) scalar.value = scalar.source
    },
  })
  return document.toJS({ maxAliasCount: -1 })
}

describe('workflow', () => {
  const built = workflow('ci', options)
    .input('base', { type: 'string', default: 'main' })
    .env({ CI: 'true' })
    .defaults({ model: 'sonnet' })
    .budget({ tokens: 100_000 })
    .identity('security', { runtime: 'claude', capabilities: ['security'] })
    .run('diff', 'git diff "origin/$BASE"', { env: { BASE: '${{ inputs.base }}' } })
    .agent('review', { needs: 'diff', agent: 'security', prompt: 'Review it:\n\n${{ needs.diff.text }}\n' })
    .command('test', ['npm', 'test'], { 'continue-on-error': true })
    .parallel(
      'fixes',
      { lint: { run: 'npm run lint' }, format: { run: 'npm run format' } },
      {
        needs: [{ instance: 'test', when: 'failure' }, 'review'],
        join: 'any',
      },
    )
    .sequence('release', [{ id: 'verify', run: 'npm run verify' }, { prompt: 'Notes for ${{ previous.text }}' }], {
      needs: ['fixes'],
      if: '!cancelled()',
    })
    .set({ limits: { 'max-parallel': 3 }, report: { comment: 'none' } })

  it('builds the plan that the same file compiles to', () => {
    const file = compile(
      'ci.yml',
      `
name: ci
inputs: { base: { type: string, default: main } }
env: { CI: "true" }
defaults: { model: sonnet }
budget: { tokens: 100000 }
agents: { security: { runtime: claude, capabilities: [security] } }
limits: { max-parallel: 3 }
report: { comment: none }
instances:
  diff: { run: 'git diff "origin/$BASE"', env: { BASE: "\${{ inputs.base }}" } }
  review:
    needs: diff
    agent: security
    prompt: |
      Review it:

      \${{ needs.diff.text }}
  test: { command: [npm, test], continue-on-error: true }
  fixes:
    needs: [{ instance: test, when: failure }, review]
    join: any
    parallel: { lint: { run: npm run lint }, format: { run: npm run format } }
  release:
    needs: [fixes]
    if: "!cancelled()"
    sequence:
      - { id: verify, run: npm run verify }
      - prompt: Notes for \${{ previous.text }}
`,
      options,
    )
    assert.deepEqual(file.diagnostics, [])
    assert.ok(file.plan)
    assert.deepEqual(built.build(), withoutSource(file.plan))
  })

  it('prints itself as a file that compiles to the same plan', () => {
    const { plan, diagnostics } = compile('printed.yml', built.print(), options)
    assert.deepEqual(diagnostics, [])
    assert.deepEqual(plan && withoutSource(plan), built.build())
    assert.match(built.print(), /^ {2}diff:\n {4}run: git diff "origin\/\$BASE"\n/m)
  })

  it('leaves a builder as it was', () => {
    const one = workflow('one', options).run('a', 'true')
    const before = one.print()
    one.run('b', 'true').env({ A: 'b' })
    assert.equal(one.print(), before)
  })

  it('says everything that is wrong', () => {
    const wrong = workflow('wrong', options)
      .run('a', 'true', { needs: ['b', 'nobody'] })
      .agent('b', { prompt: '${{ needs.x.text }}', needs: 'a' })
    assert.equal(wrong.compile().plan, undefined)
    assert.throws(
      () => wrong.build(),
      (error) => {
        assert.ok(error instanceof WorkflowError)
        const codes = error.diagnostics.map(({ code }) => code)
        assert.ok(codes.includes('unknown-instance') && codes.includes('cycle'), codes.join())
        for (const { range } of error.diagnostics)
          assert.ok(range !== undefined && error.text.length > range.start.offset)
        assert.match(error.message, /nobody/)
        return true
      },
    )
    assert.throws(() => workflow('twice', options).run('a', 'true').run('a', 'false'), /two instances `a`/)
  })
})

describe('printFile', () => {
  for (const name of goldenNames('ok'))
    it(`${name} read as data and printed compiles to the same plan`, () => {
      const { plan } = compileGolden('ok', name)
      const printed = printFile(asData(goldenText('ok', name)))
      const again = compile(`${name}.yml`, printed, { read: readBeside, runtimes: goldenRuntimes })
      assert.deepEqual(
        again.diagnostics.filter(({ severity }) => severity === 'error'),
        [],
      )
      assert.ok(plan && again.plan)
      assert.deepEqual(withoutSource(again.plan), withoutSource(plan))
    })

  it('keeps every text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...' \t\n\r:#-\'"{}[]|>&*!%@`a1~?,'.split('')), maxLength: 30 }),
      fc.constantFrom(
        'true',
        'null',
        '1.10',
        '0x1f',
        '1e3',
        '~',
        '',
        '<<',
        '---',
        '...',
        '2024-01-01',
        'yes',
        '%YAML',
        '\uFEFF',
      ),
    )
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, text, fc.boolean(), fc.integer(), fc.constant(null), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(
        text.filter((key) => key !== '__proto__' && key !== '<<'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    })).map
    fc.assert(
      fc.property(value, (file) => {
        assert.deepEqual(parse(printFile(file)), file)
      }),
      { numRuns: 400, seed: 11 },
    )
  })
})

describe('random workflows', () => {
  const script = fc
    .string({ unit: fc.constantFrom(...'echo "$A" \n\t#:-{}[]\'é日'.split('')), minLength: 1, maxLength: 40 })
    .filter((text) => text.trim() !== '' && !text.includes('${{'))
  const leaf: fc.Arbitrary<InstanceEntry> = fc.oneof(
    fc.record({ run: script }),
    fc.record({ prompt: script, 'timeout-minutes': fc.integer({ min: 1, max: 90 }) }),
    fc.record({ command: fc.array(script, { minLength: 1, maxLength: 3 }) }),
    fc.record({
      run: script,
      retry: fc.integer({ min: 0, max: 5 }),
      env: fc.dictionary(fc.constantFrom('A', 'B'), script, { noNullPrototype: true }),
    }),
    fc.record({
      run: script,
      strategy: fc.record({
        matrix: fc.record({ os: fc.uniqueArray(fc.constantFrom('a', 'b', '1.10'), { minLength: 1 }) }),
      }),
    }),
  )
  const variants = fc.record({ a: leaf, b: leaf }).map(({ a, b }) => {
    const { strategy: _, ...one } = a
    const { strategy: __, ...other } = b
    return { a: one, b: other }
  })
  const choose = fc.constantFrom<NonNullable<InstanceEntry['strategy']>['choose'][]>(
    undefined,
    'commit',
    'label',
    'all',
    { weights: { a: 9 } },
    { labels: { b: 'try b' } },
  )
  const varied: fc.Arbitrary<InstanceEntry> = fc.record({ variant: variants, choose }).map((strategy) => ({ strategy }))
  const paths = fc.constantFrom<Pick<InstanceEntry, 'paths' | 'paths-ignore'>[]>(
    { paths: ['src/**', '!src/gen/**'] },
    { 'paths-ignore': ['docs/**'] },
    {},
  )
  const ofSequence = fc.oneof(
    fc.record({
      repeat: fc.record({
        until: fc.constantFrom('success()', "previous-round.result == 'failure'"),
        max: fc.integer({ min: 1, max: 5 }),
        'on-exhausted': fc.constantFrom('failure', 'success'),
      }),
    }),
    fc.constant({}),
  )
  const ofGroup = fc.oneof(
    fc.record({ 'max-parallel': fc.integer({ min: 1, max: 3 }), 'fail-fast': fc.boolean() }),
    fc.record({
      matrix: fc.record({ on: fc.uniqueArray(fc.constantFrom('x', 'y', 2), { minLength: 1 }) }),
      'fail-fast': fc.boolean(),
      'max-instances': fc.integer({ min: 1, max: 3 }),
    }),
  )
  const member: fc.Arbitrary<InstanceEntry> = fc.letrec<{ member: InstanceEntry }>((tie) => ({
    member: fc.oneof(
      { maxDepth: 3 },
      leaf,
      varied,
      fc
        .tuple(
          fc.record(
            { sequence: fc.array(tie('member'), { minLength: 1, maxLength: 3 }), strategy: ofGroup },
            { requiredKeys: ['sequence'] },
          ),
          ofSequence,
        )
        .map(([entry, more]) => ({ ...entry, ...more })),
      fc.record(
        { parallel: fc.array(tie('member'), { minLength: 1, maxLength: 3 }), strategy: ofGroup },
        { requiredKeys: ['parallel'] },
      ),
    ),
  })).member
  const when = fc.constantFrom('success', 'failure', 'completed', 'skipped', 'always')

  it('print as files that compile to the same plan', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            member,
            fc.array(fc.tuple(fc.nat(), when, fc.integer({ min: 0, max: 3 })), { maxLength: 3 }),
            fc.constantFrom('all', 'any', 'quorum'),
            paths,
          ),
          { minLength: 1, maxLength: 8 },
        ),
        (entries) => {
          let builder = workflow('random', options)
          for (const [index, [entry, needs, joined, changed]] of entries.entries()) {
            const targets = new Map(
              index === 0 ? [] : needs.map(([target, ...edge]) => [target % index, edge] as const),
            )
            builder = builder.instance(`i${index}`, {
              ...entry,
              ...changed,
              needs: [...targets].map(([target, [asked, delay]]) =>
                delay === 0 && asked === 'success'
                  ? `i${target}`
                  : { instance: `i${target}`, when: asked, delay: `${delay}s` },
              ),
              join:
                joined !== 'quorum'
                  ? joined
                  : targets.size === 0
                    ? 'all'
                    : { 'at-least': targets.size, 'cancel-rest': false },
            })
          }
          const plan = builder.build()
          const printed = compile('printed.yml', builder.print(), options)
          assert.deepEqual(printed.plan && withoutSource(printed.plan), plan)
          const reprinted = compile('plan.yml', printPlan(plan), options)
          assert.deepEqual(reprinted.plan && withoutSource(reprinted.plan), plan)
          assert.ok(JSON.stringify(plan) === JSON.stringify(builder.build()), 'the same each time')
        },
      ),
      { numRuns: 60, seed: 5 },
    )
  })
})
