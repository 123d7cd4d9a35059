import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { addUsage, type Usage, zeroUsage } from '../../src/core/usage.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import type { LedgerEntry } from '../../src/simulate/ledger.ts'
import { createPlace, run } from './command-line.ts'

const file = `
name: sessions
defaults: { retry: 0 }
instances:
  plan: { prompt: Please remember BLUE. }
  build: { needs: plan, prompt: So which colour was it?, session: continue plan }
  view: { needs: plan, prompt: So which colour was it?, session: fork plan }
`

const rules = `
rules:
  - match: { instance: build, attempt: 1 }
    reply: { error: { status: 400, message: not now } }
  - match: { prompt: "/remember BLUE[^]*which colour/" }
    reply: { text: It was BLUE. }
`

const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }

const sumOf = (entries: readonly LedgerEntry[]): Usage =>
  entries.reduce((sum, { usage }) => addUsage(sum, { ...zeroUsage, ...usage }), zeroUsage)

describe('instances that take up a session', () => {
  it('are shown as such by plan', async () => {
    using place = createPlace({ 'ci.yml': file })
    const { out } = await run(place.path, ['plan', 'ci.yml'])
    assert.match(out, /build .*continues the session of plan/)
    assert.match(out, /view .*forks the session of plan/)
    const { out: json } = await run(place.path, ['plan', 'ci.yml', '--format', 'json'])
    const { instances } = JSON.parse(json) as { instances: { id: string; session: unknown }[] }
    assert.deepEqual(
      instances.map(({ session }) => session),
      [null, { from: 'plan', fork: false }, { from: 'plan', fork: true }],
    )
  })

  it('do so in a resumed run too; where the session is gone they say what to run again', async () => {
    using place = createPlace({ 'ci.yml': file, 'rules.yml': rules })
    const simulated = ['--simulate', 'rules.yml', '--quiet']
    const report = (): RunJson => JSON.parse(readFileSync(join(place.path, 'r/run.json'), 'utf8'))
    const of = (id: string) => report().instances.find((each) => each.id === id)
    const ledger = (): LedgerEntry[] =>
      readFileSync(join(place.path, 'r/simulation.ndjson'), 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    const exact = (): void => {
      for (const { id, usage } of report().instances)
        assert.deepEqual(usage, sumOf(ledger().filter(({ instance }) => instance === id)), id)
    }
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', ...simulated], env)).code, 1)
    assert.equal(of('view')?.text, 'It was BLUE.')
    exact()

    const sessions = join(place.path, 'r/sessions')
    rmSync(sessions, { recursive: true })
    assert.equal((await run(place.path, ['run', '--resume', 'r', ...simulated], env)).code, 1)
    assert.match(of('build')?.detail ?? '', /the session of `plan` is not here.*`orchestrator retry plan --again`/)

    const again = await run(
      place.path,
      ['retry', 'plan', '--again', '--run', 'r', '--simulate=rules.yml', '--quiet'],
      env,
    )
    assert.equal(again.code, 0, again.out + again.err)
    assert.equal(of('build')?.text, 'It was BLUE.')
  })

  it('are resumed without what they take up being run again', async () => {
    using place = createPlace({ 'ci.yml': file, 'rules.yml': rules })
    const simulated = ['--simulate', 'rules.yml', '--quiet']
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', ...simulated], env)).code, 1)
    const { code, err } = await run(place.path, ['run', '--resume', 'r', ...simulated], env)
    assert.equal(code, 0, err)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'r/run.json'), 'utf8'))
    assert.deepEqual(
      report.instances.map(({ attempts, text }) => [attempts, text.startsWith('It was BLUE')]),
      [
        [1, false],
        [2, true],
        [1, true],
      ],
    )
  })
})
