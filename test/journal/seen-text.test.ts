import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RunEvent, Stamped } from '../../src/core/event.ts'
import { plainLine, plainText } from '../../src/core/plain-text.ts'
import { createBus } from '../../src/journal/bus.ts'
import { createRedactor } from '../../src/journal/redactor.ts'

const secret = 'swordfish-9931-tuna'
const redactor = createRedactor([secret])

/** What parts a secret without being seen, or is taken out before text is shown. */
const unseen: Record<string, string> = {
  'a colour': '\u001B[01;31m\u001B[K',
  'a colour as C1 writes it': '\u009B31m',
  'a link': '\u001B]8;;https://example.org/\u001B\\',
  'a title closed by BEL': '\u001B]0;title\u0007',
  'a string for the terminal': '\u001BPq#0\u001B\\',
  NUL: '\u0000',
  backspace: '\b',
  DEL: '\u007F',
  'a carriage return': '\r',
  BOM: '\uFEFF',
  'a direction mark': '\u200E',
  'an override': '\u202E',
  'an isolate': '\u2066',
  'a zero-width space': '\u200B',
  'a zero-width joiner': '\u200D',
  'a word joiner': '\u2060',
  'a soft hyphen': '\u00AD',
  'a variation selector': '\uFE0F',
  'a tag character': '\u{E0041}',
  'an HTML comment': '<!-- x -->',
  'several of these': '\u001B[m\u200B\u0000<!--\n-->\u001B]8;;\u0007',
}

const streamed = (text: string, size: number): string => {
  const stream = redactor.stream()
  const bytes = Buffer.from(text)
  const shown: Buffer[] = []
  for (let from = 0; from < bytes.length; from += size)
    shown.push(Buffer.from(stream.push(bytes.subarray(from, from + size))))
  shown.push(Buffer.from(stream.end()))
  return Buffer.concat(shown).toString()
}

describe('a secret parted by what nobody sees is masked', () => {
  for (const [name, between] of Object.entries(unseen))
    it(`by ${name}, wherever it stands`, () => {
      for (let at = 1; at < secret.length; at++) {
        const text = `token=${secret.slice(0, at)}${between}${secret.slice(at)}, the rest stays`
        assert.equal(redactor.text(text), 'token=***, the rest stays')
        for (const size of [1, 7, 65_536]) assert.equal(streamed(text, size), 'token=***, the rest stays')
        const json = JSON.stringify({ text })
        if (between !== '\r' && between !== '\b')
          assert.equal(streamed(json, 7), '{"text":"token=***, the rest stays"}')
      }
    })

  it('by one between all its characters', () => {
    for (const between of Object.values(unseen)) assert.equal(redactor.text(Array.from(secret).join(between)), '***')
  })

  it('and nothing else of the text changes', () => {
    const text = Object.values(unseen).join('swordfish') + Object.values(unseen).join('')
    assert.equal(redactor.text(text), text)
    for (const size of [1, 7, 65_536]) assert.equal(streamed(text, size), text)
  })

  it('without holding back a stream for ever', () => {
    const stream = redactor.stream()
    const noise = Buffer.from('\u001B[m'.repeat(10_000))
    let shown = stream.push(Buffer.from('sword')).length
    for (let turn = 0; turn < 100; turn++) shown += stream.push(noise).length
    shown += Buffer.from(stream.push(Buffer.from('fish-9931-tuna and more'))).length + stream.end().length
    assert.ok(shown > 0)
    assert.ok(!streamed(`sword${noise.toString()}fish-9931-tuna`, 4096).includes('fish'))
  })
})

describe('a secret is masked in the form of', () => {
  const value = 'pä$$ "wörd"/<1>&\'2\' of 42 characters, says who'
  const forms: Record<string, string> = {
    'base64 in lines of 76': Buffer.from(`user: ${value}\n`.repeat(4)).toString('base64').replaceAll(/.{76}/g, '$&\n'),
    'base64 in lines of 76 inside JSON': JSON.stringify(
      Buffer.from(`user: ${value}\n`.repeat(4)).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
    ),
    'base64 in indented lines of 20': Buffer.from(value).toString('base64').replaceAll(/.{20}/g, '$&\n    '),
    hex: Buffer.from(value).toString('hex'),
    'hex in lines of 60': Buffer.from(value).toString('hex').replaceAll(/.{60}/g, '$&\n'),
    "Python's JSON": JSON.stringify(value).replaceAll(
      /[^\0-\u007F]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    'JSON with upper-case escapes': JSON.stringify(value).replaceAll(
      /[^\0-\u007F]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
    ),
    "Python's repr": value.replaceAll(/[^\0-\u007F]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`),
    HTML: value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
    'a quoted shell word': value.replaceAll("'", `'\\''`),
    'a folded line': value.replaceAll(' ', '\n  '),
    'a URL': encodeURIComponent(value),
  }
  for (const [name, text] of Object.entries(forms))
    it(name, () => {
      const masks = createRedactor([value])
      assert.match(masks.text(text), /\*\*\*/)
      for (const size of [1, 7, 65_536]) {
        const stream = masks.stream()
        let shown = ''
        for (let from = 0, bytes = Buffer.from(text); from < bytes.length; from += size)
          shown += Buffer.from(stream.push(bytes.subarray(from, from + size))).toString('latin1')
        shown += Buffer.from(stream.end()).toString('latin1')
        assert.match(shown, /\*\*\*/)
        if (/base64|hex/.test(name))
          for (const rest of shown.replaceAll(/\s|\\[nr]/g, '').split('***')) assert.ok(rest.length <= 20, shown)
      }
    })

  it('a string in a JSON secret, however short where its name says what it is', () => {
    const masks = createRedactor([
      JSON.stringify({ user: 'deploy-user-1', password: 'abcde', other: 'thirteen-char', region: 'eu-central-1' }),
    ])
    assert.equal(masks.text('abcde thirteen-char eu-central-1'), '*** *** eu-central-1')
  })

  it("GitHub's token with a web token in it, whole and cut anywhere", () => {
    const part = (length: number): string => `eyJ${'aB3_-'.repeat(200)}`.slice(0, length)
    const token = `ghs_123456_${part(40)}.${part(300)}.${'s1G-_'.repeat(34)}`
    for (const end of [token.length, 400, 60, 30, 12])
      assert.equal(redactor.text(`x ${token.slice(0, end)} y`), 'x *** y')
    for (const size of [1, 7, 65_536]) assert.equal(streamed(`x ${token} y`, size), 'x *** y')
  })
})

it('masks the start of a secret where its stream was cut off', () => {
  const stream = redactor.stream()
  const shown = Buffer.from(stream.push(Buffer.from('token=swordfish-99'))).toString()
  assert.equal(shown + Buffer.from(stream.end(true)).toString(), 'token=***')
})

describe('an event', () => {
  const record = (event: RunEvent): Stamped =>
    createBus({ journal: undefined, redactor, reporters: [], clock: () => 1 }).record(event)

  it('is cut after a secret that lies across the cut was masked', () => {
    for (const [length, event] of [
      [
        120,
        (text: string): RunEvent => ({
          type: 'attempt.progress',
          id: 'a',
          attempt: 1,
          accounting: { usage: null, costUsd: null, costSource: 'none', partial: true },
          model: null,
          activity: text,
        }),
      ],
      [1000, (text: string): RunEvent => ({ type: 'notice', level: 'warning', message: text })],
      [
        4096,
        (text: string): RunEvent => ({
          type: 'attempt.repairing',
          id: 'a',
          attempt: 1,
          why: text,
          pid: 1,
          argv: [text],
        }),
      ],
    ] as const) {
      const seen = JSON.stringify(record(event(`${'x'.repeat(length - 12)}${secret}${'y'.repeat(5000)}`)))
      assert.doesNotMatch(seen, /sword/)
      assert.match(seen, /…/)
    }
  })

  it('shows no secret once its texts are cleaned for a terminal, a line or a page', () => {
    for (const between of Object.values(unseen)) {
      const event = record({ type: 'notice', level: 'notice', message: `sword${between}fish-9931-tuna` })
      assert.ok(event.type === 'notice')
      for (const shown of [
        event.message,
        plainText(event.message),
        plainLine(event.message),
        event.message.replaceAll(/<!--[^]*?-->/g, ''),
      ])
        assert.doesNotMatch(shown, /swordfish/)
    }
  })
})
