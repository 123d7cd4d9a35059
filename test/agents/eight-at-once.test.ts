import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { carryOut, kinds } from './ledger-run.ts'
import { type LedgerServer, openLedgerServer } from './ledger-server.ts'
import { openRig, type Rig } from './rig.ts'

/** What the eight have of each other's would show in one of these: each has a word, tokens, a home and a session of its own. */
describe('four Claude Code and four Codex at once', () => {
  let rig: Rig
  let server: LedgerServer
  before(async () => {
    server = await openLedgerServer()
    rig = await openRig({})
  })
  after(async () => {
    await rig.close()
    await server.close()
  })

  for (const credentials of ['direct', 'proxy'] as const)
    it(`know nothing of each other, and each ledger is right, with \`credentials: ${credentials}\``, async () => {
      const runs = ['claude', 'codex'].flatMap((runtime) => [1, 2, 3, 4].map((number) => ({ runtime, number })))
      const ended = await Promise.all(
        runs.map(async ({ runtime, number }, at) => {
          const id = `${runtime}-${number}-${credentials}`
          const steps = [
            { run: [`echo $HOME > home-${id}`], usage: { input: 1000 + at } },
            { text: `Done by ${id}.`, usage: { input: 100 * (at + 1), output: 10 + at } },
          ]
          const scenario = { runtime, name: id, steps, account: 'exact', cost: 'unknown' } as const
          return carryOut(scenario, id, { rig, server }, { safety: 'autonomous', credentials })
        }),
      )
      for (const { ended: end, served } of ended) {
        assert.equal(end.failure, null, JSON.stringify(end.failure))
        assert.equal(end.text, `Done by ${end.id}.`)
        assert.equal(served.asked, 2, end.id)
        for (const kind of kinds) assert.equal(end.accounting.usage?.[kind], served[kind], `${end.id}: ${kind}`)
        assert.equal(end.accounting.partial, false)
      }
      const different = (of: readonly unknown[]): number => new Set(of).size
      assert.equal(different(ended.map(({ ended: { session } }) => session)), 8)
      const homes = ended.map(({ ended: { id } }) => readFileSync(join(rig.workspace, `home-${id}`), 'utf8'))
      assert.equal(different(homes), 8)
    })
})
