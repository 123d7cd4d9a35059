import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const files = {
  'cli.mjs': `
import { readFileSync } from 'node:fs'
const prompt = readFileSync(0, 'utf8')
console.log(JSON.stringify({ answer: 'You said ' + prompt, calls: ['ls', 'cat'], in: 12, out: '3', url: process.env.URL ?? null }))
`,
  'orchestrator.yml': `
runtimes:
  mine:
    command: [node, cli.mjs, --model, "{model}"]
    parse: { format: json, text: answer, tools: calls, usage: { input: in, output: out } }
  silent: { command: [node, -e, "1"] }
instances:
  a: { run: "true" }
`,
}

describe('orchestrator runtimes test', () => {
  it('shows what was understood, and what could not be applied', async () => {
    using place = createPlace(files)
    const { code, out, err } = await run(place.path, ['runtimes', 'test', 'mine', 'orchestrator.yml', '--prompt', 'hi'])
    assert.equal(code, 0, out + err)
    assert.match(out, /command\s+node cli\.mjs\n/)
    assert.match(out, /result\s+success\n/)
    assert.match(out, /answer\s+You said hi\n/)
    assert.match(out, /tokens\s+at least input 12, .*output 0/)
    assert.match(out, /cost\s+unknown\n/)
    assert.match(out, /tools\s+2: ls, cat\n/)
    assert.match(out, /problem\s+`usage\.output` must find numbers, found "3"\n/)
  })

  it('is JSON for programs, with the model where it was given', async () => {
    using place = createPlace(files)
    const { out } = await run(place.path, ['runtimes', 'test', 'mine', 'orchestrator.yml', '--model', 'm', '--json'])
    const understood = JSON.parse(out)
    assert.equal(understood.command, 'node cli.mjs --model m')
    assert.deepEqual(understood.tools, ['ls', 'cat'])
    assert.equal(understood.usage.input, 12)
  })

  it('fails where the runtime does, and names runtimes there are', async () => {
    using place = createPlace(files)
    const silent = await run(place.path, ['runtimes', 'test', 'silent', 'orchestrator.yml'])
    assert.equal(silent.code, 1)
    assert.match(silent.out, /result\s+no-output/)
    const simulated = await run(place.path, ['runtimes', 'test', 'mine', 'orchestrator.yml', '--simulate'])
    assert.equal(simulated.code, 1)
    assert.match(simulated.out, /--simulate cannot play the model of mine/)
    for (const [args, said] of [
      [['test', 'mne', 'orchestrator.yml'], /did you mean mine/],
      [['test', 'silent', 'orchestrator.yml', '--model', 'm'], /silent has no --model/],
      [['test'], /no NAME/],
      [['tset'], /no `runtimes tset`/],
    ] as const) {
      const { code, err } = await run(place.path, ['runtimes', ...args])
      assert.equal(code, 2)
      assert.match(err, said)
    }
  })
})
