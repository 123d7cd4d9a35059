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

/** Controls that are shown as space, or take some of what follows with them. */
const startsMore = /[\t\n\u001B\u0090\u0098\u009B\u009D-\u009F]/ // oxlint-disable-line no-control-regex

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

  it('by any character that Unicode says is not shown', () => {
    const parts = (between: string): string => `swordfish${between}-9931-tuna`
    for (let point = 0; point <= 0x10ffff; point++) {
      const between = String.fromCodePoint(point)
      if (!/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}]/u.test(between) || startsMore.test(between)) continue
      const text = `token=${parts(between)} and 日本語 that stays as it is`
      assert.equal(redactor.text(text), 'token=*** and 日本語 that stays as it is', point.toString(16))
      if (point % 64 === 0 && between.isWellFormed())
        assert.equal(streamed(text, 1), redactor.text(text), point.toString(16))
      const escapes = Array.from(
        { length: between.length },
        (_, at) => `\\u${between.charCodeAt(at).toString(16).padStart(4, '0')}`,
      )
      if (!/\p{Cs}/u.test(between))
        assert.equal(redactor.text(`"${parts(escapes.join(''))}"`), '"***"', point.toString(16))
    }
  })

  it('by what becomes an HTML comment, or a string for the terminal, only when something else is gone', () => {
    const comment = /<!--[^]*?-->/g
    for (const between of [
      '<!-\0- x -->',
      '<!\u001B[m-- x -->',
      `<!--${'long '.repeat(2000)}-->`,
      `\u001B]0;${'€'.repeat(2000)}\u0007`,
      `\u001B]0;${'€'.repeat(2000)}\u0007<!\0-- -->`,
    ]) {
      const shown = plainText(redactor.text(`swordfish${between}-9931-tuna`)).replaceAll(comment, '')
      assert.doesNotMatch(shown, /fish|tuna/)
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
    'JSON of JSON with all of it escaped': Array.from(value)
      .map((c) => `\\\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
    "Python's bytes": [...Buffer.from(value)].map((byte) => `\\x${byte.toString(16)}`).join(''),
    'octal escapes, as git writes names': [...Buffer.from(value)]
      .map((byte) => (byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8)}`))
      .join('')
      .replaceAll('"', '\\"'),
    'quoted-printable': [...Buffer.from(value)]
      .map((byte) => (byte < 0x7f && byte !== 0x3d ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase()}`))
      .join('')
      .replace('characters', 'char=\r\nacters'),
    'entities alone': Array.from(value)
      .map((c) => `&#x${c.charCodeAt(0).toString(16)};`)
      .join(''),
    'entities with names': value.replaceAll('$', '&dollar;').replaceAll('"', '&quot;').replaceAll('/', '&sol;'),
    'Markdown with escapes': value.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&'),
    "YAML's quotes": value.replaceAll("'", "''"),
    'a URL, all of it escaped': [...Buffer.from(value)]
      .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
      .join(''),
    'a URL in a URL': encodeURIComponent(encodeURIComponent(value)),
    'a form': new URLSearchParams({ value }).toString().slice('value='.length),
    'a URL whose signs stay': encodeURI(value),
    'hex with colons': Buffer.from(value)
      .toString('hex')
      .replaceAll(/..(?=.)/g, '$&:'),
    'a buffer as Node.js shows it': `<Buffer ${Buffer.from(value)
      .toString('hex')
      .replaceAll(/..(?=.)/g, '$& ')}>`,
    'a buffer in JSON': JSON.stringify(Buffer.from(value)),
    'a list in hex': [...Buffer.from(value)].map((byte) => `0x${byte.toString(16)}`).join(', '),
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
        assert.doesNotMatch(shown, /who|77 ?[:,]? ?68|%77|characters/)
        if (/base64|hex/.test(name))
          for (const rest of shown.replaceAll(/\s|\\[nr]/g, '').split('***')) assert.ok(rest.length <= 20, shown)
      }
    })

  it('base64 and hex broken into lines anywhere, indented, quoted or as a diff', () => {
    const masks = createRedactor([value])
    for (const encoding of ['base64', 'hex'] as const)
      for (const lineEnd of ['\n', '\r\n', '\n    ', '\n+', '\n> ', '\n - ', '\\n'])
        for (let before = 0; before < 76; before++) {
          const encoded = Buffer.from(`${'x'.repeat(before)}${value}`).toString(encoding)
          const shown = masks.text(encoded.replaceAll(/.{76}/g, `$&${lineEnd}`))
          assert.match(shown, /\*\*\*/, `${encoding} ${JSON.stringify(lineEnd)} ${before}`)
          const own = encoded.slice(-24, -4)
          assert.equal(shown.includes(own), false)
        }
  })

  it('a buffer that Node.js does not show to its end', () => {
    const long = 'a1b2c3d4e5'.repeat(8)
    const shown = `<Buffer ${Buffer.from(long)
      .subarray(0, 50)
      .toString('hex')
      .replaceAll(/..(?=.)/g, '$& ')} ... 30 more bytes>`
    assert.equal(createRedactor([long]).text(shown), '<Buffer *** ... 30 more bytes>')
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
