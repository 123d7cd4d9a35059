import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { inFolder, orchestrator, processesOf, root, type Finished } from './command.ts'

interface Tokens {
  input: number
  cacheRead: number
  cacheWrite: number
  output: number
}

interface RunJson {
  result: string
  simulated: boolean
  usage: Tokens
  instances: { id: string; result: string; reason: string; attempts: number; text: string; usage: Tokens }[]
}

const kinds = ['input', 'cacheRead', 'cacheWrite', 'output'] as const

describe('the quickstart, with the real claude and codex', () => {
  let finished: Finished
  let run: RunJson
  let ledger: { instance: string; usage: Tokens }[]
  let journal: string

  before(() =>
    inFolder({}, async (folder) => {
      const directory = join(folder, 'run')
      finished = await orchestrator(
        ['run', 'examples/quickstart.yml', '--simulate', 'examples/quickstart/simulation.yml', '--run-dir', directory],
        root,
        { HOME: folder },
      )
      run = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
      journal = readFileSync(join(directory, 'journal.ndjson'), 'utf8')
      const lines = readFileSync(join(directory, 'simulation.ndjson'), 'utf8').trimEnd().split('\n')
      ledger = lines.map((line) => JSON.parse(line))
    }),
  )

  it('exits 0 with every reviewer done', () => {
    assert.equal(finished.code, 0, finished.stderr)
    assert.equal(run.result, 'success')
    assert.equal(run.simulated, true)
    const results = Object.fromEntries(run.instances.map(({ id, result }) => [id, result]))
    assert.deepEqual(results, {
      diff: 'success',
      security: 'success',
      correctness: 'success',
      tests: 'success',
      fix: 'success',
      apologise: 'skipped',
      report: 'success',
    })
  })

  it('takes one conditional edge and not the other', () => {
    const apologise = run.instances.find(({ id }) => id === 'apologise')
    assert.equal(apologise?.reason, 'upstream')
    assert.match(journal, /"type":"edge\.decided","from":"security","to":"fix","taken":true/)
  })

  it('counts each token the model served exactly once, per instance and in sum', () => {
    const sum = (lines: typeof ledger): Tokens =>
      Object.fromEntries(
        kinds.map((kind) => [kind, lines.reduce((total, line) => total + line.usage[kind], 0)]),
      ) as unknown as Tokens
    const pick = (usage: Tokens): Tokens =>
      Object.fromEntries(kinds.map((kind) => [kind, usage[kind]])) as unknown as Tokens
    assert.ok(ledger.length >= 5)
    for (const { id, usage } of run.instances)
      assert.deepEqual(pick(usage), sum(ledger.filter(({ instance }) => instance === id)), id)
    assert.deepEqual(pick(run.usage), sum(ledger))
  })

  it('leaves no process behind', () => {
    const runId = /"runId":"([^"]+)"/.exec(journal)?.[1] ?? ''
    assert.notEqual(runId, '')
    assert.deepEqual(processesOf(runId), [])
  })
})
