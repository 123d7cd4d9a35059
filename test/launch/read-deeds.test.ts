import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { EffectBounds, EffectRules } from '../../src/core/effect.ts'
import type { Json } from '../../src/core/json.ts'
import { describeDeeds, readDeeds } from '../../src/launch/read-deeds.ts'

const read = (
  rules: EffectRules,
  answer: { text?: string; json?: Json },
  subject?: number,
  bounds?: EffectBounds,
): string => {
  const found = readDeeds('triage', { rules, bounds }, { text: answer.text ?? '', json: answer.json }, subject)
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

  it('begins titles with the prefix once, and names what a later run closes', () => {
    const rules = { issue: { titlePrefix: '[ai] ', expiresMs: 5, max: 2 } }
    assert.equal(read(rules, { json: { issue: { title: 'Broken', body: 'b' } } }), 'issue "[ai] Broken"')
    assert.equal(read(rules, { json: { issue: { title: '[ai] Broken', body: 'b' } } }), 'issue "[ai] Broken"')
    const found = readDeeds('triage', { rules }, { text: '', json: { issue: [{ title: 'a', body: 'b' }] } }, 1)
    assert.ok('deeds' in found)
    assert.deepEqual(found.deeds[1], { kind: 'expire', identity: '["triage","",1]', afterMs: 5 })
  })

  it('starts the workflows that are allowed, with the inputs that are allowed', () => {
    const dispatch = { allow: ['deploy.yml'], inputs: { env: 'test' }, allowInputs: ['why'], max: 2 }
    const deedsOf = (json: Json, rules: EffectRules = { dispatch }) => {
      const found = readDeeds('ship', { rules }, { text: '', json }, undefined)
      return 'refused' in found
        ? found.refused
        : found.deeds.map((deed) => deed.kind === 'dispatch' && [deed.workflow, deed.inputs])
    }
    assert.deepEqual(deedsOf({ dispatch: true }), [['deploy.yml', { env: 'test' }]])
    assert.deepEqual(deedsOf({ dispatch: false }), [])
    assert.deepEqual(deedsOf({}), [])
    assert.deepEqual(deedsOf({ dispatch: { inputs: { why: 3 } } }), [['deploy.yml', { why: '3', env: 'test' }]])
    // The file's own inputs are not the answer's to change.
    assert.match(
      JSON.stringify(deedsOf({ dispatch: { inputs: { env: 'live' } } })),
      /env.*not among the `allow-inputs`/,
    )
    assert.match(JSON.stringify(deedsOf({ dispatch: 'other.yml' })), /other.yml.*not among the workflows/)
    assert.match(JSON.stringify(deedsOf({ dispatch: '../deploy.yml' })), /not among the workflows/)
    assert.match(
      JSON.stringify(deedsOf({ dispatch: [true, true, true] })),
      /it asks for 3 of `dispatch`, and `max` is 2/,
    )
    assert.match(JSON.stringify(deedsOf({ dispatch: { inputs: { why: ['x'] } } })), /must be a string/)
    const several: EffectRules = { dispatch: { allow: ['release-*.yml'], max: 1 } }
    assert.deepEqual(deedsOf({ dispatch: 'release-a.yml' }, several), [['release-a.yml', {}]])
    assert.match(JSON.stringify(deedsOf({ dispatch: true }, several)), /names no workflow/)
    assert.equal(read({ dispatch }, { text: 'deploy.yml' }), '')
  })

  it('keeps to the names that the file allows all its instances', () => {
    const change = { parent: 'a', files: [{ path: 'x', mode: '100644', text: '' } as const] }
    const patch = (rules: EffectRules, bounds: EffectBounds) => {
      const found = readDeeds('fix', { rules, bounds }, { text: 'Done.', json: undefined, change }, 1)
      return 'refused' in found ? found.refused : describeDeeds(found.deeds)
    }
    const pullRequest = { title: 'Fix', branch: 'fix/1', branches: ['fix/*'], draft: true, maxBytes: 1 }
    assert.equal(patch({ pullRequest }, {}), 'pull request "Fix" (x)')
    assert.match(patch({ pullRequest }, { pullRequest: { branches: ['bot/*'] } }), /"fix\/1": not among the `branches`/)
    assert.match(patch({ pullRequest: { ...pullRequest, branches: ['bot/*'] } }, {}), /not among the `branches`/)
    assert.match(
      read({ labels }, { json: { labels: ['bug'] } }, 1, { labels: { allow: ['area/*'] } }),
      /"bug": not among/,
    )
    assert.equal(
      read({ labels }, { json: { labels: ['area/x'] } }, 1, { labels: { allow: ['area/*'] } }),
      'labels area/x on #1',
    )
    const dispatch = { allow: ['*'], max: 1 }
    assert.match(
      read({ dispatch }, { json: { dispatch: 'a.yml' } }, 1, { dispatch: { allow: ['b.yml'] } }),
      /not among/,
    )
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
