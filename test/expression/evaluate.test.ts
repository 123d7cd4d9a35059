import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../../src/core/json.ts'
import {
  EvaluationError,
  evaluateExpression,
  evaluateTemplate,
  isTruthy,
  renderTemplate,
  type Contexts,
} from '../../src/expression/evaluate.ts'

const contexts: Contexts = {
  inputs: { base: 'main', count: 3, dry: false },
  env: { PATH: '/bin', Path: '/other' },
  github: { event: { pull_request: { labels: [{ name: 'bug' }, { name: 'docs' }] } }, ref: 'refs/heads/main' },
  matrix: { node: 24, os: 'linux' },
  needs: JSON.parse(`{
    "build": { "result": "success", "exit-code": 0, "text": "done", "outputs": { "version": "1.2", "flag": "true" }, "json": null },
    "scan": { "result": "failure", "exit-code": 3, "text": "", "outputs": { "max-severity": "High" }, "json": { "items": [1, 2] } },
    "constructor": { "result": "skipped", "outputs": {} },
    "__proto__": { "result": "cancelled", "outputs": {} }
  }`),
  previous: undefined,
}

/** Expression and the value GitHub documents for it. */
const values: readonly (readonly [string, Json])[] = [
  // Literals
  ['null', null],
  ['true', true],
  ['711', 711],
  ['-9.2', -9.2],
  ['0xff', 255],
  ['-2.99e-2', -0.0299],
  ["'Mona the Octocat'", 'Mona the Octocat'],
  ["'It''s open source!'", "It's open source!"],
  ["'''a'' and ''b'''", "'a' and 'b'"],
  ["''", ''],
  ['NaN', null],
  ['Infinity', null],
  // Operators and their precedence
  ['true && false || true', true],
  ['true || false && false', true],
  ['!true || true', true],
  ['!(true || true)', false],
  ['1 < 2 == true', true],
  ["'' || 'default'", 'default'],
  ["'a' && 'b'", 'b'],
  ["0 || null || 'last'", 'last'],
  ["false && 'never'", false],
  ["!''", true],
  // Equality is loose, and for strings ignores case
  ["'ABC' == 'abc'", true],
  ["'abc' != 'ABC'", false],
  ["'1' == 1", true],
  ["'0x10' == 16", true],
  ["'' == 0", true],
  ["'a' == 0", false],
  ['true == 1', true],
  ["true == '1'", true],
  ["true == 'true'", false],
  ['null == 0', true],
  ["null == ''", true],
  ['null == false', true],
  ['NaN == NaN', false],
  ['NaN != NaN', true],
  // Ordering
  ["'b' > 'A'", true],
  ["'10' > 9", true],
  ["'x' > 9", false],
  ["'x' < 9", false],
  ['true > false', true],
  ['2 >= 2', true],
  ['1 <= 0', false],
  // Objects and arrays are equal only to themselves
  ['needs.build == needs.build', true],
  ['needs.build.outputs == needs.scan.outputs', false],
  ['needs.build == 1', false],
  // Contexts: names in any case, missing ones are null
  ['inputs.base', 'main'],
  ['INPUTS.BASE', 'main'],
  ["inputs['base']", 'main'],
  ["needs.scan.outputs['max-severity']", 'High'],
  ["needs.scan.outputs.max-severity == 'high'", true],
  ['inputs.nothing', null],
  ['inputs.nothing.at.all', null],
  ['inputs.base.deeper', null],
  ['needs.nobody.result', null],
  ['previous.text', null],
  ['previous', null],
  ['run.id', null],
  ['env.PATH', '/bin'],
  ['env.Path', '/other'],
  ['needs.build.json', null],
  ['needs.scan.json.items[1]', 2],
  ['needs.scan.json.items[7]', null],
  ['needs.scan.json.items[-1]', null],
  ["needs.scan.json.items['0']", 1],
  ["needs[format('{0}', 'build')].text", 'done'],
  // Names that JavaScript objects have without anyone setting them
  ['needs.constructor.result', 'skipped'],
  ['needs.__proto__.result', 'cancelled'],
  ['inputs.constructor', null],
  ['inputs.__proto__', null],
  ['inputs.toString', null],
  ['inputs.hasOwnProperty', null],
  ['fromJSON(\'{"__proto__": {"admin": 1}}\').__proto__.admin', 1],
  ['fromJSON(\'{"__proto__": {"admin": 1}}\').admin', null],
  // Filters
  ['needs.*.result', ['success', 'failure', 'skipped', 'cancelled']],
  ["contains(needs.*.result, 'failure')", true],
  ["contains(needs.*.result, 'FAILURE')", true],
  ['github.event.pull_request.labels.*.name', ['bug', 'docs']],
  ["join(github.event.pull_request.labels.*.name, ' & ')", 'bug & docs'],
  ['needs.*.outputs.version', ['1.2']],
  ['needs[*].json.items[0]', [1]],
  ['inputs.base.*', []],
  ['inputs.*', ['main', 3, false]],
  // Functions
  ["contains('Hello world', 'WORLD')", true],
  ["contains('Hello', 'x')", false],
  ['contains(fromJSON(\'[1, "2"]\'), 2)', true],
  ["contains(fromJSON('[]'), '')", false],
  ["contains('abc', null)", true],
  ["startsWith('Hello world', 'hE')", true],
  ["endsWith('Hello world', 'LD')", true],
  ["startsWith(github.ref, 'refs/heads/')", true],
  ["startsWith('x', needs)", false],
  ["format('Hello {0} {1} {0}', 'Mona', 'Cat')", 'Hello Mona Cat Mona'],
  ["format('{{Hello {0}}}', 'x')", '{Hello x}'],
  ["format('{0}', null)", ''],
  ["format('{0}', true)", 'true'],
  ["format('{0}', needs)", 'Object'],
  ['join(fromJSON(\'[1, true, null, "x"]\'))', '1,true,,x'],
  ["join('alone', '-')", 'alone'],
  ['join(needs)', ''],
  ["fromJSON('true')", true],
  ["fromJSON(' 12 ')", 12],
  ['fromJSON(\'[1, {"a": null}]\')', [1, { a: null }]],
  ['fromJSON(\'{"A": 1}\').a', 1],
  ['toJSON(inputs)', '{\n  "base": "main",\n  "count": 3,\n  "dry": false\n}'],
  ['toJSON(null)', 'null'],
  ["toJSON('a\"b')", '"a\\"b"'],
  ["toJSON(fromJSON('[]'))", '[]'],
  ['toJSON(needs.*.exit-code)', '[\n  0,\n  3\n]'],
  ['tojson(fromjson(toJSON(matrix)))', '{\n  "node": 24,\n  "os": "linux"\n}'],
  ["case(false, 'a', 1 == 1, 'b', 'c')", 'b'],
  ["case(false, 'a', 'c')", 'c'],
  // Layout
  ["\n  inputs.base\n  ==\t'main'\r\n", true],
  ["'a\nb'", 'a\nb'],
]

/** Template and its text. */
const texts: readonly (readonly [string, string])[] = [
  ['plain', 'plain'],
  ['', ''],
  ['${{ inputs.base }}', 'main'],
  ['a ${{ inputs.base }} b ${{ inputs.count }} c', 'a main b 3 c'],
  ['${{ inputs.dry }}', 'false'],
  ['[${{ null }}]', '[]'],
  ['[${{ inputs.nothing }}]', '[]'],
  ['${{ needs }} ${{ needs.*.result }}', 'Object Array'],
  ['${{ 1.50 }} ${{ -0 }} ${{ 1e3 }} ${{ 0.1 }}', '1.5 0 1000 0.1'],
  ['${{ NaN }} ${{ Infinity }}', 'NaN Infinity'],
  ["${{ '}}' }}", '}}'],
  ["${{ 'it''s }}' }}!", "it's }}!"],
  ["${{ '${{' }}", '${{'],
  ['$ {{ x }} }} {{ $', '$ {{ x }} }} {{ $'],
  ['${{inputs.base}}${{inputs.base}}', 'mainmain'],
]

/** Expressions that cannot be evaluated, and what the error says. */
const failures: readonly (readonly [string, RegExp])[] = [
  ["fromJSON('')", /empty string/],
  ["fromJSON('{')", /not JSON/],
  ["format('{1}', 'a')", /more arguments than were supplied/],
  ["format('{', 'a')", /invalid/],
  ["case('x', 1, 2)", /boolean/],
  ["hashFiles('**/*.ts')", /`hashFiles` is not available/],
  ['success()', /`success\(\)` is not allowed here/],
  ['nonsense', /unknown context `nonsense`/],
  ['nonsense()', /unknown function `nonsense`/],
  ["constructor('x')", /unknown function `constructor`/],
  ["__proto__('x')", /unknown function `__proto__`/],
  ["valueOf('x')", /unknown function `valueOf`/],
  ['', /empty/],
  ['1 ==', /more is expected/],
  ['1 2', /unexpected `2`/],
  ["'open", /never closed/],
  ['x'.repeat(30_000), /30000 characters/],
  [`${'('.repeat(20_000)}1`, /deeper than 50/],
  ['!'.repeat(20_000), /deeper than 50/],
  [`1${' == 1'.repeat(4_000)}`, /more than 1000 comparisons/],
  [`needs${'.a'.repeat(60)}`, /deeper than 50/],
  [`${'toJSON('.repeat(60)}1${')'.repeat(60)}`, /deeper than 50/],
]

describe('evaluateExpression', () => {
  for (const [source, expected] of values)
    it(`${JSON.stringify(source)} is ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(evaluateExpression(source, contexts), expected))

  for (const [source, message] of failures)
    it(`${JSON.stringify(source.slice(0, 40))} fails in our words`, () =>
      assert.throws(
        () => evaluateExpression(source, contexts),
        (error) => error instanceof EvaluationError && message.test(error.message) && error.message.length < 300,
      ))

  it('asks the caller for the status', () => {
    const status = { success: () => false, failure: () => true, always: () => true, cancelled: () => false }
    assert.equal(evaluateExpression('failure() && !cancelled()', {}, status), true)
    assert.equal(evaluateExpression('SUCCESS()', {}, status), false)
    assert.equal(evaluateExpression('always()', {}, status), true)
  })

  it('asks a context only for what the expression reads', () => {
    let asked = 0
    const needs = {
      get cheap() {
        return { result: 'success' }
      },
      get dear() {
        asked++
        return { result: 'success' }
      },
    }
    assert.equal(evaluateExpression('needs.cheap.result', { needs }), 'success')
    assert.equal(asked, 0)
  })

  it('leaves the values it was given alone', () => {
    const before = structuredClone(contexts)
    for (const [source] of values) evaluateExpression(source, contexts)
    assert.deepEqual(contexts, before)
    assert.equal(Reflect.get({}, 'admin'), undefined)
  })

  it('copes with large and with deep values', () => {
    const large = 'x'.repeat(1_000_000)
    assert.equal(evaluateExpression('inputs.x == inputs.y', { inputs: { x: large, y: large.toUpperCase() } }), true)
    const items = Array.from({ length: 300_000 }, (_, index) => index)
    assert.equal(evaluateExpression('fromJSON(inputs.x)[299999]', { inputs: { x: JSON.stringify(items) } }), 299_999)
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    assert.throws(
      () => evaluateExpression('toJSON(fromJSON(inputs.x))', { inputs: { x: deep } }),
      (error) => error instanceof EvaluationError,
    )
  })

  it('looks at an item of a list once, however many expressions read the list', () => {
    let looks = 0
    const list = ['a', 'b', 'c']
    Object.defineProperty(list, 1, { get: () => ((looks += 1), 'b') })
    for (let round = 0; round < 10; round++) {
      assert.equal(evaluateExpression('inputs.list[1]', { inputs: { list } }), 'b')
      assert.equal(evaluateExpression('inputs.list[2]', { inputs: { list } }), 'c')
    }
    assert.equal(looks, 1)
  })

  it('gives an expression the same value however often and in whatever order it is asked', () => {
    for (let round = 0; round < 3; round++)
      for (let index = 0; index < 1_500; index++)
        assert.equal(evaluateExpression(`inputs.count == 3 && ${index}`, contexts), index)
  })
})

describe('renderTemplate', () => {
  for (const [text, expected] of texts)
    it(`${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () =>
      assert.equal(renderTemplate(text, contexts), expected))

  it('is linear in the text', () => {
    const text = "${{ inputs.base }} and '".repeat(40_000)
    assert.equal(renderTemplate(text, contexts).length, "main and '".length * 40_000)
    assert.throws(() => renderTemplate("${{ ' ".repeat(150_000), contexts), EvaluationError)
    assert.throws(() => renderTemplate('${{ '.repeat(250_000), contexts), EvaluationError)
  })
})

describe('evaluateTemplate', () => {
  it('keeps the type of a single expression', () => {
    assert.deepEqual(evaluateTemplate('${{ matrix }}', contexts), { node: 24, os: 'linux' })
    assert.equal(evaluateTemplate('${{ inputs.count }}', contexts), 3)
    assert.equal(evaluateTemplate('${{ inputs.nothing }}', contexts), null)
  })

  it('makes text of anything else', () => {
    assert.equal(evaluateTemplate('${{ inputs.count }}${{ inputs.count }}', contexts), '33')
    assert.equal(evaluateTemplate(' ${{ inputs.count }}', contexts), ' 3')
    assert.equal(evaluateTemplate('3', contexts), '3')
    assert.throws(() => evaluateTemplate('${{ inputs.count', contexts), EvaluationError)
  })
})

describe('isTruthy', () => {
  it('knows what is false', () => {
    for (const value of [false, null, 0, -0, '', Number.NaN]) assert.equal(isTruthy(value), false)
    for (const value of [true, 1, 'false', ' ', [], {}]) assert.equal(isTruthy(value), true)
  })
})
