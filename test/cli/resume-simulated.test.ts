import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { addUsage, type Usage, zeroUsage } from '../../src/core/usage.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import type { LedgerEntry } from '../../src/simulate/ledger.ts'
import { createPlace, run, start } from './command-line.ts'

const file = `
name: served
instances:
  first: { prompt: Say one. }
  second: { needs: first, runtime: codex, prompt: Say two. }
`

/** The first attempt at \`second\` is served one answer whole, and half of the next. */
const rules = `
rules:
  - match: { instance: second, attempt: 1 }
    replies:
      - tools: [{ run: "true" }]
      - { text: never all of it, hang: true }
`

const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }

describe('a simulated run whose orchestrator was killed', () => {
  it('goes on with its ledger: it equals the report, per instance and in sum', async () => {
    using place = createPlace({ 'ci.yml': file, 'rules.yml': rules })
    const directory = join(place.path, 'run')
    const ledger = (): LedgerEntry[] => {
      const path = join(directory, 'simulation.ndjson')
      const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
      return lines.map((line) => JSON.parse(line))
    }
    const running = start(place.path, ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run'], env)
    while (!ledger().some(({ instance }) => instance === 'second')) await new Promise(setImmediate)
    running.child.kill('SIGKILL')
    await running.ended
    const before = ledger()

    const path = join(directory, 'simulation.ndjson')
    const whole = readFileSync(path)
    writeFileSync(path, whole.toString().replace('"output":', '"output":9'))
    const refused = await run(place.path, ['run', '--resume', 'run', '--simulate', 'rules.yml'], env)
    assert.equal(refused.code, 2)
    assert.match(refused.err, /simulation\.ndjson:1: its checksum is wrong/)
    writeFileSync(path, whole)

    const { code, out, err } = await run(place.path, ['run', '--resume', 'run', '--simulate', 'rules.yml'], env)
    assert.equal(code, 0, out + err)
    assert.deepEqual(ledger().slice(0, before.length), before)
    const attempts = ledger().map(({ instance, attempt }) => `${instance} ${attempt}`)
    assert.deepEqual([...new Set(attempts)], ['first 1', 'second 1', 'second 2'])
    const report: RunJson = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
    for (const { id, usage } of report.instances)
      assert.deepEqual(usage, sumOf(ledger().filter(({ instance }) => instance === id)))
    assert.deepEqual(report.usage, sumOf(ledger()))
  })
})

function sumOf(entries: readonly LedgerEntry[]): Usage {
  return entries.reduce((sum, { usage }) => addUsage(sum, { ...usage, reasoning: 0 }), zeroUsage)
}
