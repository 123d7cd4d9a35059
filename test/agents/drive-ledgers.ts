import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AttemptEnded } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import { ledAgents, ledgerVariable, ledName } from './led-agents.ts'
import { carryOut, check, checkProxied, rowOf, wordOf } from './ledger-run.ts'
import type { Scenario } from './ledger-scenarios.ts'
import { otherScenarios } from './ledger-scenarios-other.ts'
import { type LedgerServer, openLedgerServer, type Tokens } from './ledger-server.ts'
import { leadByFile } from './other-ledgers.ts'
import { openRig, type Rig } from './rig.ts'

/** Where it cannot be said by a variable, the model of a provider whose key is kept, and its key. */
const led = (url: string): Partial<Task> => ({
  model: 'openrouter/openai/gpt-4o',
  env: { OPENROUTER_API_KEY: 'zz-the-key-of-the-provider', [ledgerVariable]: url },
})

/**
 * Runs the CLIs beside Claude Code and Codex against the ledger, with their keys and without, and holds the table of the documentation against what
 * they came to. `LEDGER_ONLY` is a regular expression for `runtime: scenario`; the lines of others stay as they are.
 */
export function driveLedgers(): void {
  let rig: Rig
  let server: LedgerServer
  before(async () => {
    server = await openLedgerServer()
    rig = await openRig({ agents: ledAgents })
  })
  after(async () => {
    await rig.close()
    await server.close()
  })
  const rows = new Map<Scenario, string>()
  const proxied = new Map<Scenario, string>()
  const only = new RegExp(process.env['LEDGER_ONLY'] ?? '')
  const chosen = otherScenarios.filter(({ runtime, name }) => only.test(`${runtime}: ${name}`))
  const show = ({ runtime, name }: Scenario, { failure, accounting, denials }: AttemptEnded, served: Tokens): void => {
    if (process.env['LEDGER_SHOWN'])
      console.error(`${runtime}: ${name}`, JSON.stringify([failure, accounting, served, denials]))
  }

  describe('the account of the other CLIs against a ledger of our own', { concurrency: 4 }, () => {
    for (const [index, scenario] of chosen.entries())
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
        show(scenario, ended, served)
        check(scenario, ended, served)
        rows.set(scenario, rowOf(scenario, ended, served))
      })
  })

  describe('the account of the other CLIs that hold no key, against the same ledger', { concurrency: 4 }, () => {
    for (const [index, scenario] of chosen.entries())
      it(`${scenario.runtime}: ${scenario.name}`, async () => {
        const id = `p${index}`
        const name = ledName(scenario.runtime)
        const { model, env } =
          name === scenario.runtime ? {} : led(scenario.unreachable ? 'http://127.0.0.1:9' : server.urlOf(id))
        const { ended, served } = await carryOut(
          { ...scenario, ...(env && { env }) },
          id,
          { rig, server },
          {
            runtime: name,
            credentials: 'proxy',
            ...(scenario.runtime === 'gemini' && { model: 'gemini-2.5-pro' }),
            ...(model !== undefined && { model }),
          },
        )
        show(scenario, ended, served)
        checkProxied(scenario, ended, served)
        proxied.set(scenario, wordOf(ended))
      })
  })

  describe('the table of the other CLIs', () => {
    it('is what these runs came to', () => {
      const path = resolve(import.meta.dirname, '../../docs/accounting.md')
      const page = readFileSync(path, 'utf8')
      const [start = '', old = '', rest = ''] = page.split(/<!-- (?:begin|end) of the other table -->\n/)
      const kept = ({ runtime, name }: Scenario): string[] =>
        old
          .split('\n')
          .find((row) => row.startsWith(`| ${runtime} | ${name} |`))
          ?.split(' | ') ?? []
      const table = otherScenarios.map((scenario) => {
        const before = kept(scenario)
        const unknown = `| ${scenario.runtime} | ${scenario.name} | not run | – | – | – |`
        const row =
          rows.get(scenario) ??
          (before.length > 0 ? `${before.slice(0, 6).join(' | ').replace(/ \|$/, '')} |` : unknown)
        return `${row} ${proxied.get(scenario) ?? before[6]?.replace(/ \|$/, '') ?? 'not run'} |`
      })
      const head =
        '| CLI | what happens | ends as | served: in / from cache / to cache / out / reasoning | tokens | cost | tokens with `credentials: proxy` |\n| --- | --- | --- | --- | --- | --- | --- |'
      const made = `${start}<!-- begin of the other table -->\n${head}\n${table.join('\n')}\n<!-- end of the other table -->\n${rest}`
      if (process.env['UPDATE_GOLDEN']) writeFileSync(path, made)
      assert.equal(readFileSync(path, 'utf8'), made)
    })
  })
}
