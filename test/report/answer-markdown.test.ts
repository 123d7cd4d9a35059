import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import * as fc from 'fast-check'
import { createRedactor } from '../../src/journal/redactor.ts'
import { showMarkdown } from '../../src/report/answer-markdown.ts'
import { escapeMarkdown } from '../../src/report/markdown-text.ts'
import { openCmark } from '../rig/cmark-gfm.ts'
import { hostileText } from './scenarios.ts'

const cmark = openCmark()
after(() => cmark?.close())
const skip = cmark === undefined ? 'there is no Python to install cmark-gfm with' : false
const render = (markdown: string): Promise<string> => cmark?.render(markdown) ?? Promise.reject(new Error(String(skip)))

const tags = new Set(
  'p h1 h2 h3 h4 h5 h6 em strong del code pre ul ol li blockquote hr br table thead tbody tr th td a input details'.split(
    ' ',
  ),
)

const decode = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** What GitHub makes of an answer inside a report, with our own words around it. */
async function shown(answer: string, redact?: (text: string) => string): Promise<string> {
  const html = await render(`<details>\n\n${showMarkdown(answer, redact)}\n\n</details>\n\nOUR OWN WORDS`)
  assert.ok(html.startsWith('<details>\n'), html)
  assert.ok(html.endsWith('</details>\n<p>OUR OWN WORDS</p>\n'), `it swallows what follows: ${html}`)
  return html.slice('<details>\n'.length, -'</details>\n<p>OUR OWN WORDS</p>\n'.length)
}

/** Nothing in it does anything. */
function assertInert(html: string, of: string): void {
  const why = `${JSON.stringify(of)} becomes ${html}`
  for (const [, name = ''] of html.matchAll(/<\/?([^\s>/]+)/g)) assert.ok(tags.has(name), why)
  for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g))
    assert.match(decode(href), /^(?:https?:|mailto:|[^:]*$|[^:/?#]*[/?#])/i, why)
  for (const [, attributes = ''] of html.matchAll(/<a\b([^>]*)>/g)) assert.match(attributes, /^ href="[^"]*"$/, why)
  const prose = decode(html.replaceAll(/<(pre|code)\b[^]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ''))
  assert.doesNotMatch(prose, /@[\w-]/, why)
  assert.doesNotMatch(prose, /#\d/, why)
  assert.doesNotMatch(prose, /\bGH-\d/i, why)
}

describe("an agent's answer on GitHub", { skip }, () => {
  const attacks: Record<string, string> = {
    'a hostile report': hostileText,
    'a fence that is indented': '   ```\n@octocat\n   ```\n@octocat #12 <img src=x>',
    'a fence closed by another indentation': '```\ncode\n  ```\n@octocat #12\n```\nmore',
    'a fence that does not end': 'text\n\n```js\ncode',
    'a tilde fence in a list that does not end': '- item\n  ~~~\n  code\n\n  more',
    'a fence in a quote': '> ```\n> code\n@octocat #12',
    'a fence by tabs': '\t```\n@octocat\n\n  - \t```\n@octocat',
    'entities for signs': '&commat;octocat &#64;octocat &#x40;octocat &num;12 &#35;12 GH&#45;12 &lt;img src=x&gt;',
    'escapes before signs': String.raw`\@octocat \#12 \<img src=x> \\@octocat`,
    'HTML of all kinds':
      '<img src="https://evil/x.png">\n\n<script>1</script>\n\n<a href="javascript:x" onclick=y>z</a>\n\n</details>\n\n<!-- orchestrator:x -->',
    'an HTML comment that does not end': 'a\n\n<!-- all that follows',
    'processing instructions and CDATA': '<?php @octocat ?>\n\n<![CDATA[ @octocat ]]>\n\n<!DOCTYPE html>',
    images: '![x](https://evil/beacon.png) ![y][z] [![b](https://evil/b)](https://ok)\n\n[z]: https://evil/c.png',
    'links by reference': '[a] [b][a] [c][]\n\n[a]: javascript:alert(1)\n[c]: <data:text/html,x>',
    'schemes in disguise':
      '[x](JavaScript:alert(1)) [x](java&#115;cript:alert(1)) [x](<javascript:alert(1)>) [x](\n  javascript:alert(1)) [x](java\\script:alert(1)) [x](vbscript:x) <javascript:alert(1)> [x](file:///etc)',
    autolinks: 'www.example.com https://example.com/#12 me@example.com <https://example.com> ftp://x xmpp:a@b.c',
    'a table with mentions': '| a | b |\n| - | - |\n| @octocat | `x | #12 |\n| `a\\|b` | <b>x</b> |',
    'setext and thematic lines': 'a\n===\nb\n---\n- - -\n1986\\. x\n1. y',
    footnotes: 'a[^1] b[^2]\n\n[^1]: @octocat #12\n[^2]: ![x](https://evil)',
    'a fence in a footnote': 'a[^1]\n\n[^1]: ~~~\n    @octocat #12',
    'a table in a footnote': 'a[^1]\n\n[^1]: | a |\n    | - |\n    | @octocat |\n\n    - #12',
    'math and colons': '$`x`$ $$y$$ :-:\n:-:\n| x',
    'deep nesting': '> '.repeat(5000) + '@octocat',
    'deep brackets': '['.repeat(20_000) + '@octocat',
    'many emphases': '*a _b '.repeat(2000),
    'mixed runs': '- a\n* b\n+ c\n1. d\n2) e',
  }
  for (const [name, text] of Object.entries(attacks))
    it(`does nothing: ${name}`, async () => {
      assertInert(await shown(text), text)
    })

  it('does nothing, whatever it is made of', async () => {
    const pieces =
      '``` ~~~ ` `` @octocat #12 GH-1 &commat;octocat &num;12 < > <b> <img <!-- --> <script> </details> ![ [ ]( ]: javascript:x https://a.b www.a.b ( ) [a] [^1] - * + 1. 1) > # | :-: --- === $ \\ ! & ; : _ ** ~~ word \t \u00A0'.split(
        ' ',
      )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...pieces, '\n', '\n', '\n\n', ' ', '  ', '    '), { maxLength: 40 }),
        async (parts) => {
          const text = parts.join('')
          assertInert(await shown(text), text)
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('is one line of text as it was written, without a link, where a report names it in passing', async () => {
    const text =
      'see https://a.b/c_d~e#f, HTTP://X, www.a.b/c_d, ftp://a_b me@a.b mailto:me@a.b xmpp:a@b.c <https://a.b> [x](y)'
    const html = await render(`| x |\n| - |\n| ${escapeMarkdown(text)} |`)
    assert.doesNotMatch(html, /<a\b/)
    assert.equal(decode(/<td>([^]*)<\/td>/.exec(html)?.[1] ?? '').replaceAll('\u200B', ''), text)
  })

  it('reads as it was written where nothing in it acts', async () => {
    const pieces = ['word', ' ', 'a_b', '*x*', '**y**', '~~z~~', '`co`', '[l](https://a.b/?c=d&e)', '\n', '\n\n', '\n- ', '\n  - ', '\n1. ', '\n> ', '\n\n## ', '\n\n```js\nx @y #1\n```\n\n', '\n\n| a | b |\n| - | :-: |\n| c | `d` |\n\n', '.', ',', '(x)', 'five'] // prettier-ignore
    const plain = (html: string): string => html.replaceAll(/\u200B/g, '').replaceAll(/\s*\n\s*/g, '\n')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), async (parts) => {
        const text = parts.join('')
        const before = await render(text)
        const text1 = decode(before.replaceAll(/<[^>]*>/g, '')).replaceAll(/\s+/g, '')
        const text2 = decode(plain(await shown(text)).replaceAll(/<[^>]*>/g, '')).replaceAll(/\s+/g, '')
        const codes = (html: string): string[] =>
          [...html.matchAll(/<(?:pre|code)\b[^]*?<\/code>/g)].map(([code]) => code)
        assert.deepEqual(codes(await shown(text)), codes(before), text)
        if (!/[*~_]/.test(text2)) assert.equal(text2, text1, text)
      }),
      { numRuns: 800 },
    )
  })

  it('can be copied from: code is as it was, to the character', async () => {
    const code = 'npx x@1 --fix "#12" <b> & `@octocat` $HOME | tee'
    const html = await shown(
      `Run \`\` ${code} \`\`:\n\n   \`\`\`sh\n   ${code}\n   \`\`\`\n\n- item\n\n  ~~~\n  ${code}\n  ~~~\n\n| a |\n| - |\n| \`x@1 \\| y\` |`,
    )
    const codes = [...html.matchAll(/<code[^>]*>([^]*?)<\/code>/g)].map(([, inner = '']) => decode(inner).trim())
    assert.deepEqual(codes, [code, code, code, 'x@1 | y'])
  })

  it('keeps headings, lists, tables, task lists and links to the web', async () => {
    const html = await shown(
      '## T\n\n- [x] done\n- [ ] open\n\n1. one\n   - two\n\n[site](https://a.b/c?d=1&e=2 "t") **b** *i* ~~s~~\n\n| a | b |\n| :- | -: |\n| 1 | 2 |',
    )
    for (const part of [
      '<h2>T</h2>',
      'type="checkbox"',
      '<ol>',
      '<a href="https://a.b/c?d=1&amp;e=2">site</a>',
      '<strong>b</strong>',
      '<em>i</em>',
      '<del>s</del>',
      '<td',
    ])
      assert.ok(html.includes(part), `${part} in ${html}`)
  })

  it('shows no secret in an address, a language, a label or HTML', async () => {
    const secret = 'swordfish-9931-tuna'
    const { text: redact } = createRedactor([secret])
    const [start, end] = ['swordfi', 'sh-9931-tuna']
    for (const answer of [
      `[x](https://a.b/?q=${start}&#115;h-9931-tuna)`,
      `![x](https://a.b/?q=${start}\\${end.replace('-', '\\-')})`,
      `[x][y]\n\n[y]: https://a.b/${start}&#115;h-9931-tuna`,
      `<https://a.b/${start}%73h-9931-tuna>`,
      `[x](mailto:${start}&#115;h-9931-tuna)`,
      `\`\`\`${start}!${end}\ncode\n\`\`\``,
      `~~~${start}&#115;h-9931-tuna\ncode\n~~~`,
      `x[^${start}&#115;h-9931-tuna]\n\n[^${start}&#115;h-9931-tuna]: note`,
      `<p>${start}<!--${'long '.repeat(2000)}-->${end}</p>`,
      `<div>${start}<!-\0- x -->${end}</div>`,
      `${'['.repeat(70)} ${start}<!-\0- x -->${end}`,
      `${start}\u3164${end} ${start}&#x3164;${end} ${start}\uD800${end}`,
    ]) {
      const html = decode(decode(await shown(redact(answer), redact)))
      const read = html.replaceAll(/%73/g, 's').replaceAll(/<!--[^]*?-->|[\u200B\u3164\uD800]/g, '')
      assert.ok(!read.includes(secret), `${answer} shows ${html}`)
    }
  })

  it('shows no secret that Markdown puts together', async () => {
    const secret = 'pa_ss*word-1234&x'
    const { text: redact } = createRedactor([secret])
    for (const answer of [
      'x pa\\_ss\\*word-1234&amp;x y',
      'x pa&#95;ss&#42;word-1234&x y',
      'x **pa_ss**\\*wo<!-- c -->rd-1234&x y',
      'x [pa_](https://a.b)`ss*`word-1234&x y',
      '- x pa_*ss*\\*word-1234&x',
      '| a |\n| - |\n| pa\\_ss\\*word-1234&x |',
    ]) {
      const html = decode(await shown(redact(answer), redact)).replaceAll(/<[^>]*>|\u200B/g, '')
      assert.ok(!html.includes(secret), `${answer} shows ${html}`)
    }
  })
})
