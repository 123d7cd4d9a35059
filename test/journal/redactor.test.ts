import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { createRedactor } from '../../src/journal/redactor.ts'
import { isMaskable } from '../../src/journal/secret-forms.ts'

const keyBody = Array.from({ length: 20 }, (_, line) => String.fromCharCode(65 + line).repeat(64)).join('\n')
const tokens: Record<string, string> = {
  Anthropic: `sk-ant-api03-${'aB3_-'.repeat(18)}`,
  OpenAI: `sk-proj-${'aB3_-'.repeat(20)}`,
  'OpenAI of old': `sk-${'a1B2'.repeat(12)}`,
  'GitHub personal': `ghp_${'aB3d'.repeat(9)}`,
  'GitHub app': `ghs_${'aB3d'.repeat(9)}`,
  'GitHub OAuth': `gho_${'aB3d'.repeat(9)}`,
  'GitHub fine-grained': `github_pat_11ABCDEFG0${'aB3d_'.repeat(12)}`,
  AWS: 'AKIAIOSFODNN7EXAMPLE',
  Slack: 'xoxb-123456789012-abcdefABCDEF',
  Google: `AIza${'SyA-1_b'.repeat(5)}`,
  'JSON Web': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  'private key': `-----BEGIN RSA PRIVATE KEY-----\n${keyBody}\n-----END RSA PRIVATE KEY-----`,
  'OpenSSH key': `-----BEGIN OPENSSH PRIVATE KEY-----\n${keyBody}\n-----END OPENSSH PRIVATE KEY-----`,
}

/** Those that are told even in the middle of a word. */
const { 'OpenAI of old': _, ...plainTokens } = tokens

describe('a redactor', () => {
  it('masks a value wherever it stands', () => {
    const { text } = createRedactor(['hunter2', 'pa$$ "word"'])
    assert.equal(text('hunter2'), '***')
    assert.equal(text('xhunter2x hunter hunter2hunter2'), 'x***x hunter ******')
    assert.equal(text('a pa$$ "word" b'), 'a *** b')
  })

  it('masks what is inside base64, at any alignment and in both alphabets', () => {
    const secret = 'ünter2>>>???~~~hünter'
    const { text } = createRedactor([secret])
    for (let before = 0; before < 7; before++)
      for (let after = 0; after < 4; after++)
        for (const alphabet of ['base64', 'base64url'] as const) {
          const whole = Buffer.from(`${'a'.repeat(before)}${secret}${'b'.repeat(after)}`).toString(alphabet)
          const masked = text(`token=${whole};`)
          const rest = Buffer.from(masked.replace(/^token=/, '').split('***')[0] ?? '', 'base64').toString('latin1')
          assert.match(masked, /\*\*\*/)
          assert.ok(rest.length <= before + 1, `${masked} tells ${rest}`)
        }
  })

  it('masks URL-encoded and JSON-escaped forms, also twice escaped', () => {
    const secret = 'a b/c+d="e"\n\\f'
    const { text } = createRedactor([secret])
    const json = JSON.stringify({ secret })
    for (const shown of [
      encodeURIComponent(secret),
      encodeURIComponent(secret).replaceAll('%20', '+'),
      json,
      JSON.stringify(json),
    ]) {
      assert.match(text(shown), /\*\*\*/)
      assert.doesNotMatch(text(shown), /c.*d.*e/)
    }
  })

  it('masks each long line of a secret of many lines, and the long strings of one in JSON', () => {
    const lines = createRedactor(['first line of it\nsecond line of it\nab'])
    assert.equal(lines.text('log: second line of it, ab'), 'log: ***, ab')
    const json = createRedactor([JSON.stringify({ id: 'short', client_secret: 'long-enough-to-tell' })])
    assert.equal(json.text('short long-enough-to-tell'), 'short ***')
  })

  it('leaves values alone that are too short to be told from text', () => {
    assert.equal(isMaskable('abc'), false)
    assert.equal(isMaskable(' abc\n'), false)
    assert.equal(isMaskable('abcd'), true)
    assert.equal(createRedactor(['abc', '', '   ']).text('abc'), 'abc')
    assert.equal(createRedactor(['my pass']).text('any pass, my\npass'), 'any pass, ***')
  })

  it('masks the longer of two secrets that start alike, and all of two that overlap', () => {
    const { text } = createRedactor(['abcd', 'abcdefgh', 'ghijkl'])
    assert.equal(text('abcdefgh abcdefg abcdefghijkl'), '*** ***efg ***')
  })

  for (const [name, token] of Object.entries(tokens))
    it(`knows a token by its look: ${name}`, () => {
      const { text } = createRedactor([])
      for (const [before, after] of [
        ['', ''],
        ['key: ', ' end'],
        ['"', '"'],
        ['=', '\n'],
        ['\u001B[31m', '\u001B[0m'],
      ])
        assert.equal(text(`${before}${token}${after}`), `${before}***${after}`)
      const inJson = text(JSON.stringify({ message: `\n${token}\n` }))
      assert.equal(inJson, String.raw`{"message":"\n***\n"}`)
    })

  it('does not take ordinary text for a token', () => {
    const { text } = createRedactor([])
    for (const ordinary of [
      'a task-force-of-more-than-twenty-letters-2',
      'sk-learn-is-a-library-for-machine-learning',
      'sk-1234',
      'eyJust a word',
      'eyJhbGciOi.short',
      'AKIA is a prefix',
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
      'ghp_short',
      '…ünïcödé 😀 text…',
    ])
      assert.equal(text(ordinary), ordinary)
  })

  it('masks a key whose end never comes, but not the rest of the stream', () => {
    const stream = createRedactor([]).stream()
    let shown = ''
    const push = (chunk: string): void => {
      shown += Buffer.from(stream.push(Buffer.from(chunk))).toString()
    }
    push('before\n-----BEGIN PRIVATE KEY-----\n')
    for (let line = 0; line < 1000; line++) push(`${'A'.repeat(64)}\n`)
    push('after')
    shown += Buffer.from(stream.end()).toString()
    assert.match(shown, /^before\n\*\*\*A/)
    assert.match(shown, /A\nafter$/)
    assert.ok(shown.length < 65_000 - 16_000 && shown.length > 65_000 - 17_000)
  })

  it('holds back only what may be the start of a secret', () => {
    const stream = createRedactor(['hunter2']).stream()
    const push = (chunk: string): string => Buffer.from(stream.push(Buffer.from(chunk))).toString()
    assert.equal(push('progress 10 % '), 'progress 10 % ')
    assert.equal(push('hun'), '')
    assert.equal(push('dred'), 'hundred')
    assert.equal(push(' hunter'), ' ')
    assert.equal(push('2!'), '***!')
    assert.equal(push('h'), '')
    assert.equal(Buffer.from(stream.end()).toString(), 'h')
  })

  const alphabet = [
    'a',
    'b',
    'ab',
    'aab',
    '\n',
    '"',
    '\\',
    'é',
    'sk-',
    'eyJ',
    'task-',
    'x'.repeat(30),
    '1',
    '.',
    '\u001B[1m',
    ...Object.values(tokens),
  ]
  const secrets = ['aabb', 'abab', 'bbbbab', 'éabb', 'a"b\\']

  it('masks the same in a stream, wherever it is cut, as in a whole text', () => {
    const redactor = createRedactor(secrets)
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...alphabet, ...secrets), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
        (parts, cuts) => {
          const bytes = Buffer.from(parts.join(''))
          const stream = redactor.stream()
          const shown: Buffer[] = []
          for (let from = 0, turn = 0; from < bytes.length; turn++) {
            const size = cuts[turn % cuts.length] ?? 1
            shown.push(Buffer.from(stream.push(bytes.subarray(from, from + size))))
            from += size
          }
          shown.push(Buffer.from(stream.end()))
          assert.equal(Buffer.concat(shown).toString(), redactor.text(bytes.toString()))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('leaves no secret in any text', () => {
    const redactor = createRedactor(secrets)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet, ...secrets), { maxLength: 60 }), (parts) => {
        const shown = redactor.text(parts.join(''))
        for (const secret of [...secrets, ...Object.values(plainTokens)]) assert.equal(shown.includes(secret), false)
      }),
      { numRuns: 2000 },
    )
  })
})
