import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkExpression, checkTemplate, referencesOf, type NeedShape, type Scope } from '../../src/expression/check.ts'

const needs = new Map<string, NeedShape>([
  ['build', { outputs: new Set(['version', 'artifact-url']), matrix: false }],
  ['scan', { outputs: 'unknown' }],
  ['cells', { outputs: new Set(['score']), matrix: true }],
  ['release', { outputs: 'unknown', members: new Set(['verify', 'publish']), matrix: false }],
  ['release.verify', { outputs: 'unknown' }],
])

const scope: Scope = {
  contexts: new Set(['inputs', 'env', 'github', 'matrix', 'needs', 'previous', 'run', 'changes', 'result']),
  needs,
  inputs: new Set(['base', 'dry-run']),
  matrix: new Set(['os', 'node']),
  statusFunctions: true,
}

/** Expressions without a mistake. */
const clean = [
  "needs.build.outputs.version == '1'",
  "NEEDS.Build.Outputs.VERSION == '1'",
  "needs['build']['outputs']['artifact-url']",
  'needs.scan.outputs.anything.at.all',
  'needs.cells.all[0].outputs.score > 3',
  'needs.cells.all.*.outputs.score',
  'needs.release.instances.verify.exit-code',
  "needs['release.verify'].text",
  'needs.*.result',
  'needs.*.outputs.whatever',
  'needs[inputs.base].result',
  'toJSON(needs)',
  'previous.text',
  'result.outputs.x',
  'previous.instances.any.result',
  'run.id',
  'changes.files.*.path',
  'changes.base != changes.head',
  "changes.matches('src/**', '!src/gen/**') || !Changes . Matches ( inputs.base )",
  'matrix.os',
  'inputs.dry-run',
  'env.ANYTHING',
  'github.event.pull_request.number',
  'contains(fromJSON(\'["a"]\'), matrix.node)',
  'success() && !cancelled() || failure() && always()',
  "needs.scan.outputs.result == 'passed'",
  "needs.scan.json.result == 'ok'",
  "previous.result == ''",
  "format('{0} {{}} {1}', 1, 2)",
  'case(true, 1, 2)',
]

/** Expression with the wrong part between « and », the code, and words of message and hint. */
const mistakes: readonly (readonly [string, string, RegExp])[] = [
  ["«'abc»", 'expression-syntax', /never closed/],
  ['«changes.matches»()', 'wrong-arity', /takes at least 1 argument\b/],
  ['changes.«matches»', 'unknown-property', /is a function.*Call it/s],
  ['changes.«path»', 'unknown-property', /Known: `files`/],
  ["github.matches«(»'x')", 'expression-syntax', /unexpected/],
  ['needs.build.«vesion»', 'unknown-property', /`needs.build` has no property `vesion`/],
  ['needs.build.«exit_code»', 'unknown-property', /Did you mean `exit-code`/],
  ['needs.build.outputs.«versoin»', 'unknown-output', /Did you mean `version`/],
  ["needs.build.outputs[«'nope'»]", 'unknown-output', /Known: `version`, `artifact-url`/],
  ['needs.«biuld».result', 'unknown-instance', /Did you mean `build`/],
  ['needs.«elsewhere».result', 'unknown-instance', /Add `elsewhere` to `needs`/],
  ['needs.release.«verfiy»', 'unknown-property', /`needs.release` has no property/],
  ['needs.release.instances.«verfiy».result', 'unknown-instance', /Did you mean `verify`/],
  ['needs.release.instances.verify.«reslut»', 'unknown-property', /Did you mean `result`/],
  ['needs.build.«all»', 'unknown-property', /not a matrix/],
  ['needs.build.«instances».x', 'unknown-property', /not a group/],
  ['needs.cells.all[0].«txet»', 'unknown-property', /Did you mean `text`/],
  ['needs.cells.all.*.outputs.«scroe»', 'unknown-output', /Did you mean `score`/],
  ['needs.*.«rseult»', 'unknown-property', /Did you mean `result`/],
  ['previous.«txt»', 'unknown-property', /Did you mean `text`/],
  ['result.«stdout»', 'unknown-property', /`result` has no property `stdout`/],
  ['inputs.«bsae»', 'unknown-input', /unknown input `bsae`.*Did you mean `base`/],
  ['matrix.«oss»', 'unknown-matrix-key', /Did you mean `os`/],
  ['run.«di»', 'unknown-property', /`run` has no property `di`.*Did you mean `id`/],
  ["«runner».os == 'x'", 'unavailable-context', /`runner` is not available here/],
  ['«need».build', 'unknown-context', /Did you mean `needs`/],
  ['«secrets».TOKEN', 'unknown-context', /under `secrets:`/],
  ['«steps».x.outputs.y', 'unknown-context', /under `needs`/],
  ['«success» && true', 'unknown-context', /Call it: `success\(\)`/],
  ["«contians»('a', 'b')", 'unknown-function', /Did you mean `contains`/],
  ["«constructor»('a')", 'unknown-function', /unknown function/],
  ["«hashFiles»('**')", 'hash-files', /not available/],
  ["«contains»('a')", 'wrong-arity', /`contains` takes 2 arguments/],
  ['«toJSON»()', 'wrong-arity', /`toJSON` takes 1 argument/],
  ['«join»(1, 2, 3)', 'wrong-arity', /1 to 2 arguments/],
  ['«success»(1)', 'wrong-arity', /`success` takes no arguments/],
  ['«case»(true, 1)', 'wrong-arity', /pairs/],
  ["format(«'{1} {0}'», 1)", 'wrong-arity', /no argument for `\{1\}`/],
  ["format(«'{x}'», 1)", 'expression-syntax', /brace/],
  ["needs.build.result «==» 'failed'", 'constant-comparison', /always false.*`'failure'`/],
  ["'succes' «!=» needs.build.outcome", 'constant-comparison', /always true.*`'success'`/],
  ["'a' «==» 'A'", 'constant-comparison', /always true/],
  ['1 «>» 2', 'constant-comparison', /always false/],
  ['env.A «=» env.B', 'expression-syntax', /Compare with `==`/],
  ['env.A «&» env.B', 'expression-syntax', /`&&`/],
  ['env.A == «"x"»', 'expression-syntax', /single quotes/],
  ['env.A «env».B', 'expression-syntax', /unexpected `env`/],
  ['(env.A «==»', 'expression-syntax', /ends where more/],
  ['env«.»', 'expression-syntax', /ends where more/],
  ['contains(env.A«,»)', 'expression-syntax', /an argument is missing/],
  ["'one\ntwo\nthree' == «nothing»", 'unknown-context', /unknown context `nothing`/],
  ["'it''s ''quoted''' == needs.build.«oops»", 'unknown-property', /oops/],
]

const check = (marked: string, using = scope) => {
  const offset = marked.indexOf('«')
  const source = marked.replaceAll(/[«»]/g, '')
  const length = marked.indexOf('»') - offset - 1
  return { source, offset, length, issues: checkExpression(source, using) }
}

describe('checkExpression', () => {
  for (const source of clean)
    it(`finds nothing in ${source}`, () => assert.deepEqual(checkExpression(source, scope), []))

  for (const [marked, code, words] of mistakes)
    it(`finds ${code} in ${JSON.stringify(marked)}`, () => {
      const { offset, length, issues } = check(marked)
      assert.equal(issues.length, 1, JSON.stringify(issues))
      const issue = issues[0]
      assert.ok(issue)
      assert.equal(issue.code, code)
      if (offset !== -1) assert.deepEqual([issue.offset, issue.length], [offset, length])
      assert.match(`${issue.message} ${issue.hint ?? ''}`, words)
    })

  it('finds all of several, in order', () => {
    const issues = checkExpression("needs.nope.result == 'failed' && inputs.nope && nope()", scope)
    assert.deepEqual(
      issues.map(({ code, offset }) => [code, offset]),
      [
        ['unknown-instance', 6],
        ['constant-comparison', 18],
        ['unknown-input', 40],
        ['unknown-function', 48],
      ],
    )
  })

  it('refuses status functions where they have no meaning', () => {
    const issues = checkExpression('always()', { ...scope, statusFunctions: false })
    assert.deepEqual(
      issues.map(({ code }) => code),
      ['status-function'],
    )
  })

  it('says nothing of names it was not told', () => {
    const free: Scope = { contexts: scope.contexts, statusFunctions: false }
    assert.deepEqual(checkExpression('needs.any.outputs.x == inputs.y && matrix.z', free), [])
    assert.deepEqual(checkExpression('matrix.z', { ...free, matrix: 'unknown' }), [])
    assert.equal(checkExpression('needs.any.outptus', free)[0]?.code, 'unknown-property')
  })

  it('says what is wrong with an empty expression', () => {
    assert.equal(checkExpression('', scope)[0]?.code, 'expression-empty')
    assert.equal(checkExpression(' \n ', scope)[0]?.code, 'expression-empty')
  })
})

describe('checkTemplate', () => {
  it('gives offsets in the whole text', () => {
    const text = "one ${{ inputs.base }} two ${{ '}}' == nope }} three ${{ inputs.bsae }}"
    const issues = checkTemplate(text, scope)
    assert.deepEqual(
      issues.map(({ offset, length }) => text.slice(offset, offset + length)),
      ['nope', 'bsae'],
    )
  })

  it('points at an opening without its closing', () => {
    const text = 'a ${{ inputs.base\nb'
    const [issue] = checkTemplate(text, scope)
    assert.equal(issue?.code, 'expression-unclosed')
    assert.equal(text.slice(issue.offset, issue.offset + issue.length), '${{ inputs.base')
    assert.match(checkTemplate("${{ 'x }}", scope)[0]?.hint ?? '', /Close the string/)
  })
})

describe('referencesOf', () => {
  it('lists reads with the names of their paths', () => {
    const source = "needs['a'].outputs[github.x].y && needs.*.result && (Inputs).base[0]"
    assert.deepEqual(
      referencesOf(source).map(({ context, path, offset, length }) => [
        context,
        path.join('/'),
        source.slice(offset, offset + length),
      ]),
      [
        ['needs', 'a/outputs', "needs['a'].outputs"],
        ['github', 'x', 'github.x'],
        ['needs', '', 'needs'],
        ['inputs', 'base/0', 'Inputs).base[0]'],
      ],
    )
  })

  it('is empty for what cannot be parsed', () => assert.deepEqual(referencesOf('needs.('), []))
})
