import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../src/core/json.ts'
import { createChooser } from '../../src/simulate/choose-reply.ts'
import type { ModelRequest } from '../../src/simulate/model-request.ts'
import { resolveReply } from '../../src/simulate/resolved-reply.ts'
import { loadPatterns } from '../../src/core/pattern.ts'
import { parseRules, type SimulationRules } from '../../src/simulate/rules.ts'
import { sampleOf } from '../../src/simulate/sample-of.ts'

await loadPatterns()

const request = (rest: Partial<ModelRequest> = {}): ModelRequest => ({
  instance: 'review',
  attempt: 1,
  number: 1,
  model: 'some-model',
  prompt: 'Look at the diff.',
  size: 17,
  tools: ['Bash'],
  stream: true,
  ...rest,
})

function rulesOf(text: string): SimulationRules {
  const { rules, diagnostics } = parseRules('rules.yml', text)
  assert.deepEqual(diagnostics, [])
  return rules
}

describe('rules', () => {
  it('answer by prompt, model, instance, attempt and number of the request', () => {
    const choose = createChooser(
      rulesOf(`
rules:
  - { match: { prompt: /DIFF/i, request: 2 }, reply: { text: second } }
  - { match: { prompt: "a+b" }, reply: { text: literal } }
  - { match: { model: opus }, reply: { text: model } }
  - { match: { instance: "fix.*", attempt: 2 }, reply: { text: instance } }
`),
    )
    assert.equal(choose(request({ number: 2 }), 1).text, 'second')
    assert.equal(choose(request(), 1).text, undefined)
    assert.equal(choose(request({ prompt: 'what is a+b' }), 1).text, 'literal')
    assert.equal(choose(request({ prompt: 'aab' }), 1).text, undefined)
    assert.equal(choose(request({ model: 'claude-opus-5-5' }), 1).text, 'model')
    assert.equal(choose(request({ instance: 'fix.lint', attempt: 2 }), 1).text, 'instance')
    assert.equal(choose(request({ instance: 'prefix.lint', attempt: 2 }), 1).text, undefined)
  })

  it('are used as often as they say, and only above a number of requests under way', () => {
    const choose = createChooser(
      rulesOf(`
rules:
  - { match: { in-flight-above: 3 }, reply: { error: { status: 529 } } }
  - { times: 1, reply: { error: { status: 429, retry-after: 2 } } }
`),
    )
    assert.deepEqual(choose(request(), 4).error, { status: 529, message: 'Simulated error 529' })
    assert.deepEqual(choose(request(), 3).error, { status: 429, message: 'Simulated error 429', retryAfter: 2 })
    assert.equal(choose(request(), 1).error, undefined)
  })

  it('give their replies in turn to each attempt, and no tool call twice', () => {
    const choose = createChooser(
      rulesOf('rules: [{ replies: [{ tools: [{ run: ls }] }, { text: done, tools: [{ run: pwd }] }] }]'),
    )
    for (const attempt of [1, 2]) {
      assert.deepEqual(choose(request({ attempt }), 1).tools, [{ run: 'ls' }])
      assert.deepEqual(choose(request({ attempt }), 1).tools, [{ run: 'pwd' }])
      const last = choose(request({ attempt }), 1)
      assert.deepEqual([last.text, last.tools], ['done', []])
    }
  })

  it('hold values, and may repeat each other by anchors', () => {
    const { rules } = rulesOf(`
rules:
  - reply: &answer { json: { a: [1, null] }, tools: [{ name: Read, input: { file_path: x } }] }
  - { match: { attempt: 2 }, reply: *answer }
`)
    const [first, second] = rules.map((rule) => rule.replies[0])
    assert.deepEqual(first?.json, { a: [1, null] })
    assert.deepEqual(first?.tools, [{ name: 'Read', input: { file_path: 'x' } }])
    assert.deepEqual(second, first)
  })

  it('know durations', () => {
    const [rule] = rulesOf('rules: [{ reply: { delay: 2s, chunk-delay: 1.5 } }]').rules
    assert.deepEqual([rule?.replies[0]?.delayMs, rule?.replies[0]?.chunkDelayMs], [2000, 1.5])
  })
})

const noTools = () => undefined

describe('an answer no rule gives', () => {
  it('is the same for the same request, and costs by its size', () => {
    const [rule] = rulesOf('rules: [{}]').rules
    const plain = rule?.replies[0]
    assert.ok(plain)
    const first = resolveReply(plain, request({ size: 4000 }), noTools)
    assert.deepEqual(first, resolveReply(plain, request({ size: 4000 }), noTools))
    assert.deepEqual({ ...first.tokens, output: 0 }, { input: 1016, cacheRead: 0, cacheWrite: 2048, output: 0 })
    const second = resolveReply(plain, request({ size: 4000, number: 2 }), noTools)
    assert.deepEqual({ ...second.tokens, output: 0 }, { input: 1016, cacheRead: 2048, cacheWrite: 0, output: 0 })
    assert.ok(!first.text.includes('diff'), 'nothing of the prompt is repeated')
  })

  it('satisfies the schema asked for', () => {
    const schema: JsonObject = {
      type: 'object',
      required: ['kind', 'items', 'when', 'size', 'inner', 'either'],
      properties: {
        kind: { enum: ['a', 'b'] },
        items: { type: 'array', minItems: 2, items: { $ref: '#/$defs/item' } },
        when: { type: 'string', format: 'date' },
        size: { type: ['number', 'null'], exclusiveMinimum: 2 },
        inner: { type: 'object', properties: { left: { type: 'string' } } },
        either: { anyOf: [{ const: 7 }, { type: 'string' }] },
        optional: { type: 'string' },
      },
      $defs: { item: { type: 'string', minLength: 12, maxLength: 12 } },
    }
    assert.deepEqual(sampleOf(schema), {
      kind: 'a',
      items: ['simulated...', 'simulated...'],
      when: '2026-01-01',
      size: 3,
      inner: {},
      either: 7,
    })
  })
})

describe('mistakes in a rules file', () => {
  const mistakes: readonly (readonly [string, string, readonly [number, number], string])[] = [
    ['rules: {}', 'simulate-type', [1, 8], '`rules` must be a list'],
    ['rule: []', 'simulate-unknown-key', [1, 1], 'unknown key `rule` in the rules file'],
    ['rules:\n  - mach: {}', 'simulate-unknown-key', [2, 5], 'unknown key `mach` in a rule'],
    ['rules:\n  - reply: { text: [1] }', 'simulate-type', [2, 20], '`text` must be a single value, not a list or map'],
    [
      'rules:\n  - reply: { delay: soon }',
      'simulate-type',
      [2, 21],
      '`delay` must be a duration such as `200ms`, `2s` or `1m`',
    ],
    ['rules:\n  - match: { request: 0 }', 'simulate-type', [2, 23], '`request` must be a whole number from 1'],
    ['rules:\n  - match: { prompt: "/(/" }', 'simulate-type', [2, 22], '`prompt` must be a regular expression'],
    [
      'rules:\n  - reply: { hang: true, cut: true }',
      'simulate-value',
      [2, 31],
      '`hang`, `cut` and `stream-error` cannot be combined',
    ],
    [
      'rules:\n  - reply: { error: { status: 200 } }',
      'simulate-type',
      [2, 31],
      '`status` must be a whole number from 400',
    ],
    [
      'rules:\n  - { reply: {}, replies: [] }',
      'simulate-value',
      [2, 27],
      'a rule cannot have both `reply` and `replies`',
    ],
    [
      'rules:\n  - reply: { tools: [{ input: {} }] }',
      'simulate-value',
      [2, 22],
      'a tool call must have `name` and `input`',
    ],
    ['rules: [', 'simulate-syntax', [1, 9], ''],
    ['- 1', 'simulate-type', [1, 1], 'the rules file must be a map'],
  ]
  for (const [text, code, [line, column], message] of mistakes)
    it(message || code, () => {
      const { diagnostics } = parseRules('rules.yml', text)
      const [first] = diagnostics
      assert.equal(first?.code, code, JSON.stringify(diagnostics))
      assert.ok(first?.message.startsWith(message), first?.message)
      assert.deepEqual(
        [first?.range?.file, first?.range?.start.line, first?.range?.start.column],
        ['rules.yml', line, column],
      )
    })

  it('are all told at once, with a hint where one is near', () => {
    const { diagnostics } = parseRules('rules.yml', 'rules:\n  - mach: {}\n  - reply: { txet: a }\n  - 7')
    assert.deepEqual(
      diagnostics.map(({ hint, message }) => hint ?? message),
      ['Did you mean `match`?', 'Did you mean `text`?', 'a rule must be a map'],
    )
  })
})
