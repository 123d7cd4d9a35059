import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { compileText, goldenNames, goldenText } from './golden-files.ts'

const codesOf = (text: string): string[] => compileText(text).diagnostics.map(({ code }) => code)

describe('a hostile file', () => {
  it('of brackets without end is refused at a place', () => {
    for (const unit of ['[', '{a: ', '- ', '? ', '&a ', '!!map {', '"', '|\n '])
      for (const text of [unit.repeat(20_000), `instances:\n  a:\n    env: ${unit.repeat(20_000)}`]) {
        const { plan, diagnostics } = compileText(text)
        assert.equal(plan, undefined)
        assert.ok(diagnostics.length > 0 && diagnostics.every(({ range }) => range !== undefined), JSON.stringify(unit))
      }
  })

  it('nested in blocks is refused at a place', () => {
    const text = Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')
    assert.ok(
      codesOf(`x-a:\n${text.replaceAll(/^/gm, ' ')}\ninstances: { a: { run: make } }\n`).includes('nesting-too-deep'),
    )
  })

  it('full of aliases of aliases is refused', () => {
    const lines = ['x-0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let level = 1; level < 40; level++)
      lines.push(
        `x-${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      )
    assert.deepEqual(codesOf(`${lines.join('\n')}\ninstances: { a: { run: make } }\n`), ['alias-bomb'])
  })

  it('cannot reach the prototypes of objects', () => {
    const text =
      'instances:\n  a:\n    run: make\n    env: { __proto__: { polluted: 1 }, constructor: 2 }\n  b: { <<: { __proto__: 1 }, run: make }\n'
    assert.deepEqual(new Set(codesOf(text)), new Set(['reserved-key']))
    assert.equal(Reflect.get({}, 'polluted'), undefined)
    const { plan } = compileText(
      '{"instances": {"a": {"run": "make", "strategy": {"matrix": {"include": [{"constructor": "x"}]}}}}}',
    )
    assert.deepEqual(plan?.instances[1]?.matrix, { constructor: 'x' })
  })

  it('of many equal keys, or one long line, is refused for what is wrong in it', () => {
    assert.ok(codesOf(`instances:\n${'  a: { run: make }\n'.repeat(20_000)}`).includes('duplicate-key'))
    assert.ok(codesOf(`instances: { a: { run: "${'x'.repeat(2_000_000)}", nope: 1 } }`).includes('unknown-key'))
    assert.ok(codesOf(`instances: { a: { prompt: "${'${{ '.repeat(20_000)}" } }`).length > 0)
  })

  it('made of any text gives a plan or located diagnostics', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => assertSound(text)),
      { numRuns: 500 },
    )
  })

  it('made by mutation of the goldens gives a plan or located diagnostics', () => {
    const seeds = [
      ...goldenNames('ok').map((name) => goldenText('ok', name)),
      ...goldenNames('err').map((name) => goldenText('err', name)),
    ]
    const runs = Number(process.env['FUZZ_RUNS'] ?? 3000)
    const fragments = [
      '\t',
      '\n',
      '  ',
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '${{',
      '}}',
      '&a ',
      '*a',
      '<<: ',
      '!!x ',
      '|',
      '>',
      '#',
      '---\n',
      '\0',
      '\uFEFF',
      '\uD800',
      '__proto__',
      '~',
      '.inf',
      '1e999',
      'needs',
      'matrix',
      'null',
    ]
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(12),
      put: fc.constantFrom('', ...fragments),
    })
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 4 }), (seed, edits) => {
        let text = seed
        for (const { at, cut, put } of edits) {
          const offset = Math.floor(at * text.length)
          text = text.slice(0, offset) + put + text.slice(offset + cut)
        }
        assertSound(text)
      }),
      { numRuns: runs },
    )
  })
})

function assertSound(text: string): void {
  const { plan, diagnostics, sources } = compileText(text)
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error')
  assert.equal(plan === undefined, hasErrors)
  for (const { range, message, code } of diagnostics) {
    assert.ok(range !== undefined, code)
    const length = sources.get(range.file)?.length ?? -1
    assert.ok(
      range.start.offset >= 0 && range.start.offset <= range.end.offset && range.end.offset <= length,
      `${code}: ${message}`,
    )
  }
  if (plan !== undefined) assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan)
}

describe('a file of very many', () => {
  it('lines is refused before it is parsed', () => {
    const { plan, diagnostics } = compileText('\n'.repeat(10_000_000))
    assert.equal(plan, undefined)
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['too-many-lines'],
    )
  })

  it('unknown names says so of the first, with what was meant', () => {
    const lines = Array.from({ length: 8000 }, (_, index) => `  inst-${index}: { run: make, needs: insd-${index} }`)
    const { diagnostics } = compileText(`instances:\n${lines.join('\n')}\n`)
    assert.equal(diagnostics.length, 1000)
    assert.equal(diagnostics[0]?.hint, 'Did you mean `inst-0`?')
  })
})
