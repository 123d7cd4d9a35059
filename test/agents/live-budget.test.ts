import { ownTrust } from '../../src/core/run-trust.ts'
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { it } from 'node:test'
import { compile } from '../../src/index.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import { openLedgerServer } from './ledger-server.ts'

it('a budget in dollars cancels a claude while it runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-budget-'))
  mkdirSync(join(folder, 'user'))
  const server = await openLedgerServer()
  try {
    // The first round costs $0.40 by the list prices; the second never ends.
    const url = server.open('spender', [
      { text: 'I look first.', run: ['echo a'], usage: { input: 50_000, output: 10_000 } },
      { text: 'The rest never comes.', breakOff: 'stall' },
    ])
    const { plan, diagnostics } = compile(
      'live.yml',
      JSON.stringify({
        budget: { 'cost-usd': 0.3, 'on-exceeded': 'cancel' },
        instances: {
          spender: {
            prompt: 'go',
            'allowed-tools': ['Bash'],
            env: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-ledger-0000000000000000000000' },
          },
        },
      }),
    )
    assert.ok(plan, JSON.stringify(diagnostics))
    const path = [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter)
    const { state } = await executeRun({
      plan,
      inputs: {},
      only: null,
      workspace: folder,
      runDirectory: join(folder, 'run'),
      environment: { PATH: path, HOME: join(folder, 'user'), TMPDIR: folder },
      reporters: () => [],
      trust: ownTrust,
    })
    const spender = state.instances.get('spender')
    assert.equal(spender?.reason, 'budget', spender?.detail)
    const accounting = spender.attempts[0]?.accounting
    assert.ok((accounting?.costUsd ?? 0) > 0.3, JSON.stringify(accounting))
    assert.equal(accounting?.partial, true)
    assert.equal(accounting.costSource, 'list-price')
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
