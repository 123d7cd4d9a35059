import { ownTrust } from '../../src/core/run-trust.ts'
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { compile } from '../../src/index.ts'
import type { RunControl } from '../../src/run/control.ts'
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

it('a run starts nothing of what its control has paused, and goes on when it is let', { timeout: 20_000 }, async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'execute-run-'))
  try {
    const { plan } = compile('p.yml', 'instances: { a: { run: echo a }, b: { run: echo b, needs: a } }')
    assert.ok(plan)
    const seen: string[] = []
    let control: RunControl | undefined
    const { state } = await executeRun({
      plan,
      inputs: {},
      only: null,
      workspace,
      runDirectory: join(workspace, 'run'),
      environment: { PATH: process.env['PATH'] },
      trust: ownTrust,
      connect(given) {
        control ??= given
      },
      reporters: () => [
        {
          name: 'watch',
          onEvent(event) {
            seen.push('id' in event && event.id !== undefined ? `${event.type} ${event.id}` : event.type)
            if (event.type === 'run.started') control?.pause('b')
            // What could start has had the time to.
            if (event.type === 'instance.ended' && event.id === 'a') setTimeout(() => control?.unpause('b'), 200)
          },
        },
      ],
    })
    assert.equal(state.ended?.result, 'success')
    const at = (name: string): number => seen.indexOf(name)
    const order = ['run.paused b', 'instance.ended a', 'run.unpaused b', 'attempt.started b'].map(at)
    assert.ok(
      order.every((place, index) => place > (order[index - 1] ?? -1)),
      seen.join(', '),
    )
  } finally {
    rmSync(workspace, { recursive: true })
  }
})
