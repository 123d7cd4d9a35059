import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkExpression, checkTemplate, referencesOf } from '../../src/expression/check.ts'
import { EvaluationError, evaluateExpression, renderTemplate } from '../../src/expression/evaluate.ts'
import { statusFunctionsOf } from '../../src/core/status-functions.ts'
import { splitTemplate } from '../../src/expression/template.ts'

/** Deterministic numbers in [0, 1): mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pieces = [
  ...'()[].,!<>=&|*\'"${}+- \t\n\r0123eEx_-'.split(''),
  ...'needs inputs github a result outputs all instances constructor __proto__ null true NaN Infinity'.split(' '),
  ..."'text' '' '}}' ${{ }} == != && || >= .* [*] [0] -1 0xF contains( format( format('{0}', fromJSON(".split(' '),
  ..."fromJSON('[1]') toJSON( join( case( always() hashFiles( é 日本 \u0000 \u2028 \ud800 ı \u00a0".split(' '),
]

const contexts = {
  needs: { a: { result: 'success', outputs: { x: [1, { y: null }] } } },
  inputs: { a: '1' },
  github: {},
}
const status = { success: () => true, failure: () => false, always: () => true, cancelled: () => false }
const scope = {
  contexts: new Set(['needs', 'inputs']),
  needs: new Map([['a', { outputs: 'unknown' as const }]]),
  statusFunctions: true,
}

describe('random expressions', () => {
  it('are evaluated or refused in our words, and every issue lies inside the text', () => {
    const random = seededRandom(20_260)
    let evaluated = 0
    let refused = 0
    for (let round = 0; round < 20_000; round++) {
      const length = 1 + Math.floor(random() * 14)
      const source = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('')
      const issues = [...checkExpression(source, scope), ...checkTemplate(source, scope)]
      for (const { offset, length: size } of issues)
        assert.ok(offset >= 0 && size >= 0 && offset + size <= source.length, JSON.stringify({ source, issues }))
      for (const { offset, length: size } of referencesOf(source))
        assert.ok(offset >= 0 && offset + size <= source.length)
      statusFunctionsOf(source)
      for (const evaluate of [evaluateExpression, renderTemplate])
        try {
          JSON.stringify(evaluate(source, contexts, status))
          evaluated++
        } catch (error) {
          assert.ok(error instanceof EvaluationError, `${JSON.stringify(source)}: ${String(error)}`)
          refused++
        }
    }
    assert.ok(evaluated > 1_000 && refused > 1_000, `${evaluated} evaluated, ${refused} refused`)
  })

  it('that a check of the syntax lets pass are never refused for their syntax', () => {
    const random = seededRandom(7)
    const all = { contexts: new Set(['needs', 'inputs', 'github']), statusFunctions: true }
    for (let round = 0; round < 20_000; round++) {
      const length = 1 + Math.floor(random() * 8)
      const source = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('')
      if (checkExpression(source, all).length > 0) continue
      try {
        evaluateExpression(source, contexts, status)
      } catch (error) {
        assert.match(String(error), /fromJSON|format|boolean|too deep/, source)
      }
    }
  })
})

describe('splitTemplate', () => {
  it('loses nothing of a text', () => {
    const random = seededRandom(3)
    for (let round = 0; round < 20_000; round++) {
      const length = Math.floor(random() * 12)
      const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('')
      const { segments } = splitTemplate(text)
      const again = segments
        .map((segment) => (segment.kind === 'text' ? segment.text : `\${{${segment.source}}}`))
        .join('')
      assert.equal(again, text)
      for (const segment of segments)
        if (segment.kind === 'expression')
          assert.equal(text.slice(segment.offset, segment.offset + segment.length), segment.source)
        else assert.ok(text.startsWith(segment.text, segment.offset))
    }
  })
})
