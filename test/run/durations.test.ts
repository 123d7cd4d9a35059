import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { readDurations, writeDurations } from '../../src/run/durations.ts'
import { eventsOfRun } from '../journal/small-run.ts'

it('a history that cannot be written is no trouble, and an empty one to read', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'history-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const state = createRunState()
  for (const [seq, event] of eventsOfRun(1).entries()) foldEvent(state, { v: 1, seq, at: seq, ...event })
  const root = join(folder, '.orchestrator')
  writeFileSync(root, 'a file where the directory should be')
  writeDurations(root, 'build', state)
  assert.equal(readDurations(root, 'build').size, 0)

  rmSync(root)
  writeDurations(root, 'build', state)
  assert.deepEqual([...readDurations(root, 'build')], [['i0', 5]])
})
