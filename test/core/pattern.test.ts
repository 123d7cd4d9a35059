import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { compilePattern, loadPatterns, patternProblem } from '../../src/core/pattern.ts'

before(loadPatterns)

/** Each keeps a backtracking engine busy for longer than a machine lasts. */
const hopeless: readonly (readonly [string, string])[] = [
  ['^(a+)+$', `${'a'.repeat(5000)}b`],
  ['(a|aa)+$', `${'a'.repeat(5000)}b`],
  ['(.*)*x', 'y'.repeat(5000)],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(5000)],
]

describe('a regular expression of a user', () => {
  for (const [source, text] of hopeless)
    it(`${source} is answered at once`, () => assert.equal(compilePattern(source, 'm').test(text), false))

  it('finds what JavaScript finds', () => {
    const cases = [
      ['^ok', 'm', 'first\nok'],
      ['total (?<total>\\d+)', 'm', 'a total 42 b'],
      ['(\\w+)@(\\w+)?', 'm', 'x a@ y'],
      ['a.b', 's', 'a\nb'],
      ['OK', 'i', 'ok'],
      ['\\u00e4\\/[^/]+', '', 'ä/b/c'],
    ] as const
    for (const [source, flags, text] of cases) {
      const match = new RegExp(source, flags).exec(text)
      const expected =
        match?.groups === undefined ? match && [...match].map((group) => group ?? null) : { ...match.groups }
      assert.deepEqual(compilePattern(source, flags).groups(text), expected, source)
    }
  })

  it('may ignore case from within', () => assert.ok(compilePattern('(?i)verdict: ok', 'm').test('Verdict: OK')))

  it('that is none, or would need another engine, is explained', () => {
    assert.equal(patternProblem('^fine$'), undefined)
    assert.match(patternProblem('(') ?? '', /missing closing \)/)
    assert.match(patternProblem('a(?=b)') ?? '', /lookahead/)
    assert.match(patternProblem('(?<!a)b') ?? '', /lookbehind/)
    assert.match(patternProblem('(a)\\1') ?? '', /backreferences/)
    assert.match(patternProblem('(?<a>x)\\k<a>') ?? '', /backreferences/)
    assert.equal(patternProblem('\\\\k'), undefined)
  })
})
