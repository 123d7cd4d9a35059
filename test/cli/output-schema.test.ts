import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { totalTokens } from '../../src/core/usage.ts'
import { createPlace, run } from './command-line.ts'

const file = (budget: number): string => `
name: structured
budget: { tokens: ${budget}, on-exceeded: stop }
instances:
  ask:
    runtime: codex
    prompt: Count.
    output-schema: { type: object, properties: { count: { type: integer, minimum: 1 } }, required: [count] }
`

const rules = `
rules:
  - match: { prompt: was not accepted }
    reply: { json: { count: 2 } }
  - reply: { json: { count: 0 } }
`

const path = [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter)

describe('an answer that breaks its schema, in a run', { concurrency: 2 }, () => {
  it('is repaired, and every report says so', async () => {
    using place = createPlace({ 'ci.yml': file(100_000), 'rules.yml': rules })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run'], {
      PATH: path,
    })
    assert.equal(code, 0, out)
    assert.match(out, /^↻ ask was asked to repair its answer \(count: Too small: .*\)$/m)
    assert.match(out, /^✓ ask success after 1 repair in /m)
    assert.match(readFileSync(join(place.path, 'run/summary.md'), 'utf8'), /success · 1 attempt \(1 repair\) \|/)
    const { instances, usage }: RunJson = JSON.parse(readFileSync(join(place.path, 'run/run.json'), 'utf8'))
    const [ask] = instances
    assert.deepEqual([ask?.attempts, ask?.repairs, ask?.outputs], [1, 1, { count: 2 }])
    const served = readFileSync(join(place.path, 'run/simulation.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => totalTokens({ ...JSON.parse(line).usage, reasoning: 0 }))
    assert.equal(served.length, 2)
    assert.equal(
      usage && totalTokens(usage),
      served.reduce((sum, tokens) => sum + tokens),
    )
  })

  it('is not repaired with a budget that is used up', async () => {
    using place = createPlace({ 'ci.yml': file(100), 'rules.yml': rules })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run'], {
      PATH: path,
    })
    assert.equal(code, 1, out)
    assert.match(out, /^✗ ask failure invalid-output: not repaired, the budget of the run is used up/m)
    assert.equal(readFileSync(join(place.path, 'run/simulation.ndjson'), 'utf8').trimEnd().split('\n').length, 1)
  })
})
