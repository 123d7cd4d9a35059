import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { claude } from '../../src/agents/claude/claude.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import type { AttemptEnded } from '../../src/core/event.ts'
import { carryOut, check, checkProxied, kinds, rowOf, wordOf } from './ledger-run.ts'
import { type Scenario, scenarios } from './ledger-scenarios.ts'
import { type LedgerServer, openLedgerServer, type Tokens } from './ledger-server.ts'
import { openRig, type Rig } from './rig.ts'

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

/** What is known of the tokens through the key proxy. */
const proxied = new Map<Scenario, string>()

/** Rows of the table, by the order of the scenarios. */
const rows = new Map<Scenario, string>()

/** An older version may end otherwise, and its books leave requests out: whatever was served, its account is marked, tokens and cost. */
function checkOlder({ accounting, failure }: AttemptEnded, served: Tokens): void {
  const { usage, partial, costUsd } = accounting
  const said = JSON.stringify({ accounting, failure, served })
  const isNothing = kinds.every((kind) => served[kind] === 0)
  assert.equal(partial, !isNothing, said)
  if (usage !== null) for (const kind of kinds) assert.ok(usage[kind] <= served[kind], said)
  if (isNothing) assert.equal(costUsd, 0, said)
}

describe('the account of a CLI against a ledger of our own', { concurrency: 3 }, () => {
  for (const [index, scenario] of scenarios.entries())
    it(`${scenario.runtime}: ${scenario.name}`, async () => {
      const { ended, served } = await carryOut(scenario, `l${index}`, { rig, server })
      check(scenario, ended, served)
      rows.set(scenario, rowOf(scenario, ended, served))
    })
})

describe('the account of a CLI that holds no key, against the same ledger', { concurrency: 3 }, () => {
  for (const [index, scenario] of scenarios.entries())
    it(`${scenario.runtime}: ${scenario.name}`, async () => {
      const { ended, served } = await carryOut(scenario, `p${index}`, { rig, server }, { credentials: 'proxy' })
      assert.equal(
        ended.failure?.kind,
        scenario.unreachable ? 'overloaded' : scenario.failure,
        JSON.stringify(ended.failure),
      )
      checkProxied(scenario, ended, served)
      const differing = rig.events.filter(
        (event) => event.type === 'notice' && event.id === `p${index}` && event.message.includes('key proxy'),
      )
      assert.deepEqual(differing, [])
      proxied.set(scenario, wordOf(ended))
    })
})

/** A directory with the programs of Claude Code 2.1.329 and Codex 0.169.0, of which there are recordings. */
const recorded = process.env['RECORDED_CLIS'] ?? ''
const withoutRecorded = recorded === '' && 'RECORDED_CLIS names no directory with Claude Code 2.1.329 and Codex 0.169.0'

/** What is known of the tokens with the versions of the recordings. */
const ofRecorded = new Map<Scenario, string>()

describe('the account of the recorded versions against the ledger', { skip: withoutRecorded, concurrency: 3 }, () => {
  let old: Rig
  before(async () => {
    old = await openRig({ environment: { PATH: [recorded, process.env['PATH']].join(delimiter) } })
  })
  after(() => old.close())
  for (const { program, package: of } of [claude, codex])
    it(`of ${program} is what runs`, () => {
      const version = of?.otherVersions?.[0] ?? '?'
      assert.ok(execFileSync(join(recorded, program), ['--version'], { encoding: 'utf8' }).includes(version))
    })
  for (const [index, scenario] of scenarios.entries())
    it(`${scenario.runtime}: ${scenario.name}`, async () => {
      const { ended, served } = await carryOut(scenario, `r${index}`, { rig: old, server })
      check(scenario, ended, served)
      ofRecorded.set(scenario, wordOf(ended))
    })
})

/** A directory with the program of Claude Code 2.1.197, the other version there are recordings of. */
const older = process.env['OLDER_CLAUDE'] ?? ''
const skip = older === '' && 'OLDER_CLAUDE names no directory with Claude Code 2.1.197'

describe('the account of an older Claude Code against the ledger', { skip, concurrency: 3 }, () => {
  let old: Rig
  before(async () => {
    old = await openRig({ environment: { PATH: [older, process.env['PATH']].join(delimiter) } })
  })
  after(() => old.close())
  for (const [index, scenario] of scenarios.entries())
    if (scenario.runtime === 'claude')
      it(scenario.name, async () => {
        const { ended, served } = await carryOut(scenario, `o${index}`, { rig: old, server })
        checkOlder(ended, served)
      })
})

describe('the table of the documentation', () => {
  it('is what these runs came to', () => {
    const path = resolve(import.meta.dirname, '../../docs/accounting.md')
    const page = readFileSync(path, 'utf8')
    const [before = '', old = '', rest = ''] = page.split(/<!-- (?:begin|end) of the table -->\n/)
    /** The column of versions that were not run stays as it is. */
    const kept = (scenario: Scenario): string =>
      old
        .split('\n')
        .find((row) => row.startsWith(`| ${scenario.runtime} | ${scenario.name} |`))
        ?.split(' | ')[6] ?? 'not run'
    const table = scenarios.map((scenario) => {
      const row = rows.get(scenario) ?? `| ${scenario.runtime} | ${scenario.name} | not run |`
      return `${row} ${ofRecorded.get(scenario) ?? kept(scenario)} | ${proxied.get(scenario) ?? 'not run'} |`
    })
    const head =
      '| CLI | what happens | ends as | served: in / from cache / to cache / out / reasoning | tokens | cost | tokens, recorded version | tokens with `credentials: proxy` |\n| --- | --- | --- | --- | --- | --- | --- | --- |'
    const made = `${before}<!-- begin of the table -->\n${head}\n${table.join('\n')}\n<!-- end of the table -->\n${rest}`
    if (process.env['UPDATE_GOLDEN']) writeFileSync(path, made)
    assert.equal(readFileSync(path, 'utf8'), made)
  })
})
