import { ownTrust } from '../../src/core/run-trust.ts'
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { executeRun } from '../../src/run/execute-run.ts'
import { instanceNamed, runStarted } from '../journal/small-run.ts'

it('a run that dies of a mistake of ours lets go of its directory', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'execute-run-'))
  try {
    const runDirectory = join(workspace, 'run')
    const running = executeRun({
      plan: runStarted([instanceNamed('a')]).plan,
      inputs: {},
      only: null,
      workspace,
      runDirectory,
      environment: { PATH: process.env['PATH'] },
      reporters: () => [],
      trust: ownTrust,
      connect() {
        assert.equal(readdirSync(runDirectory).filter((name) => name.endsWith('.lock')).length, 1)
        throw new Error('a mistake of ours')
      },
    })
    await assert.rejects(running, /a mistake of ours/)
    assert.deepEqual(
      readdirSync(runDirectory).filter((name) => name.endsWith('.lock')),
      [],
    )
  } finally {
    rmSync(workspace, { recursive: true })
  }
})
