import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { renderMermaid } from '../../src/report/mermaid.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { renderRunJson } from '../../src/report/run-json.ts'
import { buildJournal, edge, group, instance } from './journal-builder.ts'
import { condition, expression } from '../rig/conditions.ts'

it('an edge into a group that joined the plan with a cell of a matrix is reported like any other', () => {
  const run = buildJournal('nested', group('matrix', 'matrix', []))
  run.record({
    type: 'plan.expanded',
    group: 'matrix',
    members: ['matrix.a.zero', 'matrix.a.first', 'matrix.a.both'],
    instances: [
      instance('matrix.a.zero', { parent: 'matrix' }),
      instance('matrix.a.first', { parent: 'matrix' }),
      instance('matrix.a.both.one', { parent: 'matrix.a.both', needs: [edge('matrix.a.both..open')] }),
      ...group('matrix.a.both', 'parallel', ['matrix.a.both.one'], {
        parent: 'matrix',
        needs: ['matrix.a.first', edge('matrix.a.zero', expression('needs.zero.outputs.more'))],
      }),
    ],
  })
  run.start('matrix.a.first')
  run.end('matrix.a.first', 10)
  run.settle('matrix.a.first')
  run.record({ type: 'edge.decided', from: 'matrix.a.zero', to: 'matrix.a.both..open', taken: false })
  const state = createRunState()
  for (const event of run.events) foldEvent(state, event)
  const model = buildReport(state)
  assert.deepEqual(JSON.parse([...renderRunJson(model)].join('')).plan.edges, [
    { from: 'matrix.a.first', to: 'matrix.a.both', when: 'success', taken: true },
    { from: 'matrix.a.zero', to: 'matrix.a.both', when: '${{ needs.zero.outputs.more }}', taken: false },
  ])
  assert.match(renderMermaid(model) ?? '', /n0\["matrix<br\/>1 ✅ 2 🕓/)
})

it('a string that looks like a status function does not make an edge hold', () => {
  const quoting = instance('b', { needs: ['a'] })
  const run = buildJournal('quoting', [instance('a'), { ...quoting, ...condition("inputs.x == 'failure('") }])
  run.start('a')
  run.end('a', 10, { failure: { kind: 'exit', code: 1 } })
  run.settle('a', { kind: 'exit', code: 1 })
  run.finish('b', 'skipped', 'upstream', 'edge from a not taken (a failed, edge wants success)')
  const state = createRunState()
  for (const event of run.events) foldEvent(state, event)
  assert.equal(buildReport(state).edges[0]?.taken, false)
})
