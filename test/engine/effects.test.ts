import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { CacheRule } from '../../src/core/cache-rule.ts'
import type { EffectRules } from '../../src/core/effect.ts'
import { agent, plan } from './plans.ts'
import { simulate } from './simulator.ts'

/** The effects of a task whose definition has these. */
function rendered(effects: EffectRules): EffectRules | undefined {
  const { tasks } = simulate({
    plan: plan([agent('a', { process: { effects } })]),
    context: { inputs: { name: 'x' } },
  })
  return tasks[0]?.effects
}

it('templates of effects are filled in when an attempt starts, and what is not asked for stays away', () => {
  assert.deepEqual(rendered({ issue: { title: 'About ${{ inputs.name }}', key: 'k-${{ inputs.name }}', max: 1 } }), {
    issue: { title: 'About x', key: 'k-x', max: 1 },
  })
  assert.deepEqual(rendered({ dispatch: { allow: ['ci.yml'], ref: '${{ inputs.name }}', max: 2 } }), {
    dispatch: { allow: ['ci.yml'], ref: 'x', max: 2 },
  })
  const inputs = { who: 'me and ${{ inputs.name }}' }
  assert.deepEqual(rendered({ dispatch: { allow: ['ci.yml'], inputs, max: 2 } }), {
    dispatch: { allow: ['ci.yml'], inputs: { who: 'me and x' }, max: 2 },
  })
  assert.deepEqual(rendered({ push: { title: 'Push ${{ inputs.name }}', maxBytes: 1 } }), {
    push: { title: 'Push x', maxBytes: 1 },
  })
  assert.deepEqual(rendered({ labels: { on: '2${{ inputs.name }}', allow: ['bug'], max: 1 } }), {
    labels: { on: '2x', allow: ['bug'], max: 1 },
  })
  const said = { title: 'Mend ${{ inputs.name }}', body: 'For ${{ inputs.name }}', branch: 'b-${{ inputs.name }}' }
  assert.deepEqual(rendered({ pullRequest: { ...said, base: 'main', draft: true, maxBytes: 1 } }), {
    pullRequest: { title: 'Mend x', body: 'For x', branch: 'b-x', base: 'main', draft: true, maxBytes: 1 },
  })
  assert.deepEqual(rendered({ comment: { on: '1${{ inputs.name }}', max: 1 }, close: {} }), {
    comment: { on: '1x', max: 1 },
    close: {},
  })
})

it('so are the files and the key of a cache', () => {
  const cached = (cache: CacheRule): CacheRule | undefined =>
    simulate({ plan: plan([agent('a', { process: { cache } })]), context: { inputs: { name: 'x' } } }).tasks[0]?.cache
  assert.deepEqual(cached({ paths: ['${{ inputs.name }}/**', 'y'], key: 'k-${{ inputs.name }}', maxAgeMs: 5 }), {
    paths: ['x/**', 'y'],
    key: 'k-x',
    maxAgeMs: 5,
  })
  assert.deepEqual(cached({}), {})
})
