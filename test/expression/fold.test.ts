import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { EvaluationError, renderTemplate } from '../../src/expression/evaluate.ts'
import { foldExpression, foldTemplate, foldValue } from '../../src/expression/fold.ts'

describe('folding an expression', () => {
  it('gives the value of what reads nothing', () => {
    assert.deepEqual(foldExpression("fromJSON('[1,2]')"), { kind: 'constant', value: [1, 2] })
    assert.deepEqual(foldExpression("format('a{0}', 1)"), { kind: 'constant', value: 'a1' })
    assert.deepEqual(foldExpression('1 == 1.0'), { kind: 'constant', value: true })
    assert.deepEqual(foldExpression('!always()'), { kind: 'constant', value: false })
  })

  it('looks no further than the value needs', () => {
    assert.deepEqual(foldExpression('false && needs.a.text'), { kind: 'constant', value: false })
    assert.deepEqual(foldExpression('always() || failure()'), { kind: 'constant', value: true })
  })

  for (const source of [
    'needs.a.text',
    'run.id && false',
    'success()',
    '!cancelled()',
    "inputs['a'] || true",
    'fromJSON(env.A)',
  ])
    it(`leaves ${source} to the run`, () => assert.deepEqual(foldExpression(source), { kind: 'open' }))

  it('says what can have no value', () => assert.equal(foldExpression("fromJSON('[1')").kind, 'failing'))

  it('does not blow up what a few characters can make large', () => {
    const braces = '{0}'.repeat(300)
    let bomb = "'xxxxxxxxxx'"
    for (let depth = 0; depth < 5; depth++) bomb = `format('${braces}', ${bomb})`
    assert.deepEqual(foldExpression(bomb), { kind: 'open' })
    let quotes = `'"'`
    for (let depth = 0; depth < 40; depth++) quotes = `toJSON(${quotes})`
    assert.deepEqual(foldExpression(quotes), { kind: 'open' })
  })
})

describe('folding a template', () => {
  it('puts in the parts that are constant', () =>
    assert.equal(foldTemplate("a ${{ 1 }} ${{ needs.a.text }} ${{ 'b' }}${{ null }}."), 'a 1 ${{ needs.a.text }} b.'))

  it('makes no expression of a value that looks like one', () => {
    for (const text of [
      "${{ '${{ needs.a.text }}' }}",
      "$${{ '{{' }} needs.a.text }}",
      "${{ '${{' }} ${{ needs.a.text }}",
    ])
      assert.equal(foldTemplate(text), text)
  })

  it('leaves what cannot be read as it is', () => {
    for (const text of ['${{ 1', '${{ }}', "${{ fromJSON('') }}", 'plain']) assert.equal(foldTemplate(text), text)
  })
})

describe('folding any template', () => {
  it('changes nothing of what it renders to', () => {
    const operands = `'a' '{0}' '\${{' '}}' '''' 1 -0 1e400 true null needs.a.text matrix.n inputs always()`
    const operators = '&& || == != < ! ( ) , .* [0] .x format( join( toJSON( fromJSON('
    const pieces = `${operands} ${operators}`.split(' ')
    const source = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join(' '))
    const part = fc.oneof(
      fc.constantFrom('$', '{', '{{', '}}', "'", ' a ', '$${{'),
      source.map((text) => `\${{ ${text} }}`),
    )
    const template = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''))
    const contexts = { needs: { a: { text: '${{ 1 }}' } }, matrix: { n: 1 }, inputs: {} }
    const status = { success: () => true, failure: () => false, always: () => true, cancelled: () => false }
    const rendered = (text: string): string => {
      try {
        return renderTemplate(text, contexts, status)
      } catch (error) {
        assert.ok(error instanceof EvaluationError)
        return `error: ${error.message}`
      }
    }
    fc.assert(
      fc.property(template, (text) => assert.equal(rendered(foldTemplate(text)), rendered(text))),
      { numRuns: 5000, seed: 7 },
    )
  })
})

describe('folding a value', () => {
  it('keeps the type of a text that is one expression, at any depth', () =>
    assert.deepEqual(
      foldValue({ a: "${{ fromJSON('[1]') }}", b: ["${{ 'x' }}-${{ 2 }}", '${{ needs.a.json }}'], c: null }),
      {
        a: [1],
        b: ['x-2', '${{ needs.a.json }}'],
        c: null,
      },
    ))
})
