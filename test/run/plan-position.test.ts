import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { GroupInstance, Instance } from '../../src/core/instance.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { planPosition } from '../../src/run/plan-position.ts'
import { instanceNamed, runStarted } from '../journal/small-run.ts'

const matrix: GroupInstance = {
  kind: 'group',
  form: 'matrix',
  id: 'cells',
  label: 'cells',
  key: 'cells',
  gate: 'cells..open',
  members: [],
  needs: [],
  join: 'all',
  outputs: {},
  continueOnError: false,
  failFast: false,
}

it('cells that joined later stand where their matrix does', () => {
  const started = runStarted([])
  const written: Instance[] = [instanceNamed('before'), matrix, instanceNamed('after')]
  const state = createRunState()
  foldEvent(state, { v: 1, seq: 0, at: 0, ...started, plan: { ...started.plan, instances: written } })
  const instances = ['cells.b', 'cells.a'].map((id): Instance => Object.assign(instanceNamed(id), { parent: 'cells' }))
  foldEvent(state, {
    v: 1,
    seq: 1,
    at: 1,
    type: 'plan.expanded',
    group: 'cells',
    members: ['cells.b', 'cells.a'],
    instances,
  })
  const ids = ['after', 'cells.a', 'before', 'cells.b']
  assert.deepEqual(
    ids.toSorted((a, b) => planPosition(state, a) - planPosition(state, b)),
    ['before', 'cells.b', 'cells.a', 'after'],
  )
})
