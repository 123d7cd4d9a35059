import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { claude } from '../../src/agents/claude/claude.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import { carryOut, check } from '../agents/ledger-run.ts'
import { scenarios } from '../agents/ledger-scenarios.ts'
import { type LedgerServer, openLedgerServer } from '../agents/ledger-server.ts'
import { openRig, type Rig } from '../agents/rig.ts'
import { installPackages } from './installed.ts'

/** Claude Code and Codex in the last of their later versions, held to the account of the version they are tested with; `LATER` names a folder that has them. */
const agents = [claude, codex]
const versions = agents.map(({ package: of }) => of?.laterVersions?.at(-1) ?? '')
const packages = agents.map(({ package: of }, index) => `${of?.npm}@${versions[index]}`)
const { bin, remove } = installPackages(packages, process.env['LATER'] ?? '')

describe('a later version', { concurrency: 3 }, () => {
  let rig: Rig
  let server: LedgerServer
  before(async () => {
    server = await openLedgerServer()
    rig = await openRig({ environment: { PATH: [bin, process.env['PATH']].join(delimiter) } })
  })
  after(async () => {
    await rig.close()
    await server.close()
    remove()
  })

  for (const [index, { program }] of agents.entries())
    it(`of ${program} is what runs`, () => {
      assert.ok(execFileSync(join(bin, program), ['--version'], { encoding: 'utf8' }).includes(versions[index] ?? '?'))
    })

  for (const [index, scenario] of scenarios.entries())
    it(`${scenario.runtime}: ${scenario.name}`, async () => {
      const { ended, served } = await carryOut(scenario, `l${index}`, { rig, server })
      check(scenario, ended, served)
    })
})
