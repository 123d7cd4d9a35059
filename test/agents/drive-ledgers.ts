import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { carryOut, check, rowOf } from './ledger-run.ts'
import { otherScenarios } from './ledger-scenarios-other.ts'
import { type LedgerServer, openLedgerServer } from './ledger-server.ts'
import { leadByFile } from './other-ledgers.ts'
import { openRig, type Rig } from './rig.ts'

/** Runs the CLIs beside Claude Code and Codex against the ledger, and holds the table of the documentation against what they came to. */
export function driveLedgers(): void {
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
  const rows = new Map<number, string>()
  const only = new RegExp(process.env['LEDGER_ONLY'] ?? '')

  describe('the account of the other CLIs against a ledger of our own', { concurrency: 4 }, () => {
    for (const [index, scenario] of otherScenarios.entries())
      if (only.test(`${scenario.runtime}: ${scenario.name}`))
        it(`${scenario.runtime}: ${scenario.name}`, async () => {
          const id = `s${index}`
          const { model, config } = leadByFile(scenario, id, rig, server)
          const env = config === undefined ? {} : { env: { OPENCODE_CONFIG: config } }
          const { ended, served } = await carryOut(
            { ...scenario, ...env },
            id,
            { rig, server },
            model === undefined ? {} : { model },
          )
          if (process.env['LEDGER_SHOWN'])
            console.error(
              `${scenario.runtime}: ${scenario.name}`,
              JSON.stringify([ended.failure, ended.accounting, served, ended.denials]),
            )
          check(scenario, ended, served)
          rows.set(index, rowOf(scenario, ended, served))
        })
  })

  describe('the table of the other CLIs', () => {
    it('is what these runs came to', () => {
      const path = resolve(import.meta.dirname, '../../docs/accounting.md')
      const page = readFileSync(path, 'utf8')
      const table = otherScenarios.map(
        ({ runtime, name }, index) => rows.get(index) ?? `| ${runtime} | ${name} | not run |`,
      )
      const [start = '', , rest = ''] = page.split(/<!-- (?:begin|end) of the other table -->\n/)
      const head =
        '| CLI | what happens | ends as | served: in / from cache / to cache / out / reasoning | tokens | cost |\n| --- | --- | --- | --- | --- | --- |'
      const made = `${start}<!-- begin of the other table -->\n${head}\n${table.join('\n')}\n<!-- end of the other table -->\n${rest}`
      if (process.env['UPDATE_GOLDEN']) writeFileSync(path, made)
      assert.equal(readFileSync(path, 'utf8'), made)
    })
  })
}
