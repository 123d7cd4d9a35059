import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { EffectRules } from '../../src/core/effect.ts'
import type { Json } from '../../src/core/json.ts'
import { describeDeeds, readDeeds } from '../../src/launch/read-deeds.ts'

const read = (rules: EffectRules, answer: { text?: string; json?: Json }, subject?: number): string => {
  const found = readDeeds('triage', rules, { text: answer.text ?? '', json: answer.json }, subject)
  return 'refused' in found ? `refused: ${found.refused}` : describeDeeds(found.deeds)
}

const labels = { allow: ['bug', 'area/*'], max: 2 }

describe('what an instance asks for on GitHub', () => {
  it('is its text, where its answer is no JSON', () => {
    const rules = { issue: { title: 'Nightly', max: 1 }, comment: { max: 1 }, labels, close: {} }
    assert.equal(read(rules, { text: 'All is well.' }, 7), 'issue "Nightly", comment on #7')
    assert.equal(read(rules, { text: ' \n' }, 7), '')
  })

  it('is what its JSON has by kind, and nothing that the file does not allow', () => {
    const json = { issue: { title: 'Broken', body: 'b' }, comment: 'c', labels: ['Bug', 'area/ui'], close: true }
    assert.equal(
      read({ issue: { max: 1 }, comment: { on: '3', max: 1 }, labels, close: {} }, { json }, 7),
      'issue "Broken", comment on #3, labels Bug, area/ui on #7, close #7',
    )
    assert.equal(read({}, { json }, 7), '')
    assert.equal(read({ close: {} }, { json: { close: 'true' } }, 7), '')
    assert.equal(read({ comment: { max: 1 } }, { json: { verdict: 'clean' }, text: '{…}' }, 7), '')
  })

  it('is refused as a whole with every reason', () => {
    const all = { issue: { max: 1 }, comment: { max: 1 }, labels }
    assert.equal(
      read(all, { json: { issue: [{ body: 'a' }, { title: 't' }], labels: ['security', 'bug', 'area/'] } }, 7),
      'refused: it asks for 2 of `issue`, and `max` is 1; `issue` has no title: give it one in the file, or ask for it in the answer; ' +
        '`issue` has no body; "security": not among the `labels` allowed; it asks for 3 `labels`, and `max` is 2',
    )
    assert.match(
      read({ comment: { max: 1 } }, { text: 'a' }),
      /^refused: `comment` needs the number .*the event is about none$/,
    )
    assert.match(read({ comment: { on: '12abc', max: 1 } }, { text: 'a' }, 7), /`on` is "12abc"/)
    assert.match(read({ comment: { max: 1 } }, { text: 'a'.repeat(60_001) }, 7), /60001 characters/)
    assert.match(read({ issue: { max: 1 } }, { json: { issue: { title: 'x'.repeat(257), body: 'b' } } }), /title/)
    assert.match(read({ labels }, { json: { labels: [{ name: 'bug' }] } }, 7), /"": not among/)
  })

  it('matches names of labels as a whole, whatever their case', () => {
    const allowed = (allow: string, label: string): boolean =>
      !read({ labels: { allow: [allow], max: 1 } }, { json: { labels: [label] } }, 7).startsWith('refused')
    for (const [allow, label] of [
      ['bug', 'BUG'],
      ['area/*', 'area/'],
      ['*-ai', 'made-by-ai'],
      ['a*b*c', 'aXbYc'],
      ['*', 'anything'],
    ] as const)
      assert.ok(allowed(allow, label), `${allow} ${label}`)
    for (const [allow, label] of [
      ['bug', 'bugs'],
      ['area/*', 'xarea/ui'],
      ['a*b*c', 'acb'],
      ['ab*ba', 'aba'],
      ['.*', 'anything'],
    ] as const)
      assert.ok(!allowed(allow, label), `${allow} ${label}`)
  })
})
