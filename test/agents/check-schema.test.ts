import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { checkSchema } from '../../src/agents/check-schema.ts'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { loadPatterns } from '../../src/core/pattern.ts'

before(loadPatterns)

const ajv = new Ajv2020({ strict: false, validateFormats: false })

/** Schemas as people write them, with values on both sides of each. */
const cases: readonly (readonly [string, JsonObject, readonly Json[]])[] = [
  ['types', { type: ['string', 'null'] }, ['a', null, 1, {}]],
  ['integers', { type: 'integer', minimum: 1, exclusiveMaximum: 5 }, [1, 4, 5, 0, 1.5, '1']],
  ['strings', { type: 'string', minLength: 2, maxLength: 3, pattern: '^a' }, ['ab', 'a', 'abcd', 'ba']],
  ['enumerations', { enum: ['low', 'high', null, 3] }, ['low', null, 3, 'none', 4]],
  ['constants', { properties: { kind: { const: 'x' } }, required: ['kind'] }, [{ kind: 'x' }, { kind: 'y' }, {}]],
  [
    'objects',
    { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
    [{ a: 1 }, {}, { a: '1' }, []],
  ],
  ['undescribed requirements', { type: 'object', required: ['a', 'b'] }, [{ a: 1, b: null }, { a: 1 }]],
  ['closed objects', { type: 'object', properties: { a: {} }, additionalProperties: false }, [{ a: 1 }, { b: 1 }, {}]],
  ['maps', { type: 'object', additionalProperties: { type: 'number' }, minProperties: 1 }, [{ x: 1 }, { x: 'y' }, {}]],
  ['lists', { type: 'array', items: { type: 'object', required: ['id'] }, minItems: 1 }, [[{ id: 1 }], [{}], []]],
  [
    'sets',
    { type: 'array', uniqueItems: true, maxItems: 2 },
    [
      [1, 2],
      [1, 1],
      [1, 2, 3],
    ],
  ],
  ['tuples', { type: 'array', prefixItems: [{ type: 'number' }], items: false, minItems: 1 }, [[1], [1, 2], ['a'], []]],
  ['definitions', { $ref: '#/$defs/n', $defs: { n: { type: 'number' } } }, [1, 'a']],
  ['definitions with more', { $ref: '#/$defs/n', minimum: 3, $defs: { n: { type: 'number' } } }, [4, 1, 'a']],
  [
    'trees',
    { type: 'object', properties: { sub: { $ref: '#' } }, additionalProperties: false },
    [{ sub: { sub: {} } }, { sub: { x: 1 } }],
  ],
  [
    'alternatives',
    {
      anyOf: [
        { type: 'object', required: ['a'] },
        { type: 'object', required: ['b'] },
      ],
    },
    [{ a: 1 }, { b: 1 }, {}],
  ],
  ['one alternative', { oneOf: [{ type: 'number' }, { type: 'integer' }] }, [1.5, 1, 'a']],
  [
    'all at once',
    {
      allOf: [
        { type: 'object', required: ['a'] },
        { type: 'object', required: ['b'] },
      ],
    },
    [{ a: 1, b: 1 }, { a: 1 }, {}],
  ],
]

describe('a schema', () => {
  for (const [name, schema, values] of cases)
    it(`with ${name} is checked as ajv checks it`, () => {
      const valid = ajv.compile(schema)
      const ours = values.map((value) => checkSchema(schema, value).kind)
      assert.deepEqual(
        ours,
        values.map((value) => (valid(value) ? 'satisfied' : 'violated')),
      )
    })

  it('names the place that violates it', () => {
    const schema = { type: 'object', properties: { list: { type: 'array', items: { type: 'string' } } } }
    const verdict = checkSchema(schema, { list: ['a', 1] })
    assert.deepEqual(verdict, { kind: 'violated', detail: 'list.1: Invalid input: expected string, received number' })
  })

  it('names the first few of many places', () => {
    const verdict = checkSchema({ type: 'array', items: { type: 'string' } }, [1, 'a', 2, 3, 4, 5])
    const wrong = 'Invalid input: expected string, received number'
    assert.deepEqual(verdict, { kind: 'violated', detail: `0: ${wrong}; 2: ${wrong}; 3: ${wrong}; and 2 more` })
  })

  it('is not kept busy by a pattern, wherever it stands', () => {
    const hopeless = { type: 'string', pattern: '^(a+)+$' } as const
    const text = `${'a'.repeat(5000)}b`
    const cases: readonly (readonly [JsonObject, Json])[] = [
      [hopeless, text],
      [{ type: 'array', items: hopeless }, [text]],
      [{ type: 'object', properties: { a: { anyOf: [{ type: 'null' }, hopeless] } } }, { a: text }],
      [{ $ref: '#/$defs/word', $defs: { word: hopeless } }, text],
      [{ type: 'object', additionalProperties: hopeless }, { x: text }],
      [{ allOf: [{ type: 'string' }, hopeless] }, text],
      [{ type: 'array', prefixItems: [hopeless] }, [text]],
    ]
    for (const [schema, value] of cases)
      assert.equal(checkSchema(schema, value).kind, 'violated', JSON.stringify(schema))
  })

  for (const [name, schema] of Object.entries<JsonObject>({
    'keys whose pattern repeats a repetition': { type: 'object', patternProperties: { '^(a+)+$': { type: 'string' } } },
    'names whose pattern repeats a repetition': { type: 'object', propertyNames: { pattern: '^(a+)+$' } },
    'items whose pattern repeats a repetition': { type: 'array', contains: { type: 'string', pattern: '(a|a)*b' } },
    'a pattern of another engine': { type: 'string', pattern: 'a(?=b)' },
    not: { not: { type: 'string' } },
    conditions: JSON.parse('{ "if": { "type": "string" }, "then": { "minLength": 3 } }'),
    dependencies: { type: 'object', dependentRequired: { a: ['b'] } },
    'unevaluated properties': { type: 'object', unevaluatedProperties: false },
    'other documents': { $ref: 'https://example.com/schema' },
    'constants that are objects': { const: { a: 1 } },
  }))
    it(`with ${name} is never passed in silence`, () => {
      assert.equal(checkSchema(schema, 'anything').kind, 'unknown')
    })
})
