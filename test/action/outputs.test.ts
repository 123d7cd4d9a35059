import assert from 'node:assert/strict'
import { it } from 'node:test'
import { outputsOf } from '../../src/action/outputs.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { renderRunJson } from '../../src/report/run-json.ts'
import { buildJournal, instance } from '../report/journal-builder.ts'

it('a failure that was forgiven is neither a success nor one of the failed', () => {
  const run = buildJournal('forgiving', [instance('lint'), instance('tests')])
  run.finish('lint', 'success', 'exit:2', '3 problems', { outcome: 'failure' })
  run.finish('tests', 'failure', 'exit:1', '')
  const state = createRunState()
  for (const event of run.events) foldEvent(state, event)
  const { values } = outputsOf(state)
  assert.deepEqual([values['failed'], values['forgiven']], ['["tests"]', '["lint"]'])
  const { instances } = JSON.parse([...renderRunJson(buildReport(state))].join(''))
  assert.deepEqual(
    instances.map(({ id, forgiven }: { id: string; forgiven: boolean }) => [id, forgiven]),
    [
      ['lint', true],
      ['tests', false],
    ],
  )
})
