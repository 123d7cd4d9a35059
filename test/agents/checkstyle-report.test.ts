import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readCheckstyle } from '../../src/agents/checkstyle-report.ts'
import { readFindings } from '../../src/findings/read-findings.ts'

const read = (text: string) => {
  const json = readCheckstyle(text)
  return json === undefined ? undefined : readFindings('checkstyle', json, { root: '/repo', directory: 'web' })
}

describe('a report of Checkstyle', () => {
  it('gives its findings', () => {
    const report = read(`\uFEFF<?xml version="1.0" encoding="utf-8"?>
      <!DOCTYPE checkstyle>
      <checkstyle version="4.3">
        <file name="/repo/src/a&amp;b.js">
          <error line="3" column="7" severity="error" message="&apos;x&apos; is &lt;b&gt; &#x1F600;&#10;more" source="eslint.rules.no-undef"/>
          <error line="0" severity="warning" message="whole file" />
          <exception><![CDATA[ignored]]></exception>
          <error line="4" severity="info"/>
        </file>
        <file name="b.js"></file>
        <file name="c.js"><error severity="ignore" message="quiet"/></file>
      </checkstyle>`)
    assert.deepEqual(
      report?.findings.map(({ path, line, severity, rule, title, body }) => [path, line, severity, rule, title, body]),
      [
        ['src/a&b.js', 3, 'high', 'eslint.rules.no-undef', "'x' is <b> 😀", 'more'],
        ['src/a&b.js', null, 'medium', null, 'whole file', ''],
        ['web/c.js', null, 'info', null, 'quiet', ''],
      ],
    )
    assert.equal(report.unread, 1, 'one without a message is counted')
  })

  it('of which nothing was found is one too', () => {
    assert.deepEqual(read('<checkstyle version="8.0"/>'), { findings: [], unread: 0, isWhole: true })
  })

  const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><checkstyle><file name="&b;"/></checkstyle>`
  const file = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><checkstyle><file name="a"><error message="&f;"/></file></checkstyle>`
  const none: [name: string, text: string][] = [
    ['entities that it declares itself', bomb],
    ['the content of another file', file],
    ['another document', '<testsuites/>'],
    ['half a document', '<checkstyle><file name="a.js">'],
    ['JSON', '{}'],
    ['nothing', ''],
    ['elements without an end', '<checkstyle>'.repeat(200_000)],
  ]
  for (const [name, text] of none) it(`is none with ${name}`, () => assert.equal(read(text), undefined))
})
