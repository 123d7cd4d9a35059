import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runtimeFacts } from '../../src/agents/registry.ts'
import type { AttemptEnded, AttemptProgress, RunEvent } from '../../src/core/event.ts'
import { loadQueries } from '../../src/core/query.ts'
import type { Task } from '../../src/core/task.ts'
import { compile } from '../../src/workflow/compile.ts'
import { openRig, type Rig, taskOf } from './rig.ts'

/** A CLI of nobody: it answers with what it was given, in the form it is asked for. */
const cli = `
import { readFileSync } from 'node:fs'
const args = process.argv.slice(2)
const after = (flag) => args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined
const file = after('--file')
const prompt = file ? readFileSync(file, 'utf8') : after('--prompt') ?? readFileSync(0, 'utf8')
const say = (line) => console.log(JSON.stringify(line))
const schema = after('--schema')
const seen = { prompt, args: args.filter((arg) => arg !== file && arg !== schema), key: process.env.MY_KEY ?? null, other: process.env.OTHER_KEY ?? null, url: process.env.MY_URL ?? null }
const ways = {
  text: () => console.log('You said ' + prompt),
  json: () => console.log('Welcome!\\n' + JSON.stringify({ answer: seen, usage: { all: 100, cached: 60, out: 7 }, cost: 0.25 }, null, 2)),
  ndjson: () => {
    console.log('a line that is no JSON')
    say({ type: 'tool', name: 'ls -l' })
    say({ type: 'usage', in: 10, out: 2 })
    say({ type: 'usage', in: 5, out: 1 })
    say({ type: 'part', text: 'one ' })
    say({ type: 'part', text: 'two' })
  },
  free: () => say({ type: 'usage', in: 0, out: 0 }),
  refused: () => say({ type: 'error', error: { message: 'HTTP 429: slow down' } }),
  nonsense: () => console.log('Segmentation fault? no.'),
  schema: () => console.log(JSON.stringify({ answer: JSON.parse(readFileSync(schema, 'utf8')).required })),
  hang: () => { say({ type: 'usage', in: 9, out: 1 }); say({ type: 'tool', name: 'wait' }); setInterval(() => {}, 1000) },
}
ways[args[0]]()
`

const declaration = `
runtimes:
  text: { command: [node, CLI, text], env: [MY_KEY] }
  json:
    command: [node, CLI, json, --model, "{model}", [--schema, "{schema-file}"], --prompt, "{prompt}"]
    env: [MY_KEY]
    safety: { read-only: [--look, --only], autonomous: [--yes] }
    simulate: { MY_URL: "{base-url}/v1", MY_KEY: "{api-key}" }
    untrusted-checkout: true
    parse: { format: json, text: answer, usage: { input: usage.all - usage.cached, cache-read: usage.cached, output: usage.out }, cost-usd: cost }
  ndjson:
    command: [node, CLI, ndjson, --file, "{prompt-file}"]
    parse: { format: ndjson, text: "[?type=='part'].text", tools: "[?type=='tool'].name", usage: { input: "[?type=='usage'].in", output: "[?type=='usage'].out" } }
  half: { command: [node, CLI, ndjson], parse: { format: ndjson, text: "[?type=='part'].text", usage: { input: "[?type=='usage'].in" }, cost-usd: "sum([].text)" } }
  free: { command: [node, CLI, free], parse: { format: ndjson, usage: { input: "[].in", output: "[].out" } } }
  refused: { command: [node, CLI, refused], parse: { format: ndjson, text: "[].text", error: "[?type=='error'].error" } }
  nonsense: { command: [node, CLI, nonsense], parse: { format: json, text: answer } }
  schema: { command: [node, CLI, schema, --schema, "{schema-file}"], parse: { format: json, text: answer } }
  hang: { command: [node, CLI, hang], parse: { format: ndjson, tools: "[?type=='tool'].name", usage: { input: "[].in", output: "[].out" } } }
instances:
  a: { run: "true" }
`

await loadQueries()

function declared(path: string) {
  const text = declaration.replaceAll('CLI', path)
  const { plan, diagnostics } = compile('f.yml', text, { read: () => undefined, runtimes: runtimeFacts() })
  assert.deepEqual(diagnostics, [])
  return plan?.runtimes ?? {}
}

const asking = (rig: Rig, runtime: string, rest: Partial<Task> = {}): Promise<AttemptEnded> =>
  rig.run(taskOf(`${runtime}${count++}`, runtime, { action: { kind: 'prompt', prompt: 'hello' }, ...rest }))
let count = 0

const open = async (options: Parameters<typeof openRig>[0] = {}): Promise<Rig> => {
  const rig = await openRig({
    runtimes: declared('../outside/cli.mjs'),
    environment: { MY_KEY: 'the-key', OTHER_KEY: 'another' },
    ...options,
  })
  const { mkdirSync } = await import('node:fs')
  mkdirSync(join(rig.root, 'outside'))
  writeFileSync(join(rig.root, 'outside/cli.mjs'), cli)
  return rig
}

interface Seen {
  prompt: string
  args: string[]
  key: string | null
  other: string | null
  url: string | null
}

describe('a declared runtime', () => {
  let rig: Rig
  before(async () => {
    rig = await open()
  })
  after(() => rig.close())

  it('answers with its output; what it uses is unknown, not zero', async () => {
    const { failure, text, accounting } = await asking(rig, 'text')
    assert.equal(failure, null)
    assert.equal(text, 'You said hello\n')
    assert.deepEqual(accounting, { usage: null, costUsd: null, costSource: 'unknown', partial: true })
  })

  it('is read as one document, a greeting before it or not', async () => {
    const { failure, text, accounting } = await asking(rig, 'json', { model: 'm-1', safety: 'read-only' })
    assert.equal(failure, null)
    const seen: Seen = JSON.parse(text)
    assert.deepEqual(seen.args, ['json', '--model', 'm-1', '--prompt', 'hello', '--look', '--only'])
    assert.equal(seen.key, 'the-key')
    assert.equal(seen.other, null)
    assert.deepEqual(accounting, {
      usage: { input: 40, cacheRead: 60, cacheWrite: 0, output: 7, reasoning: 0 },
      costUsd: 0.25,
      costSource: 'cli',
      partial: false,
    })
  })

  it('gets no flag without its value', async () => {
    const { text } = await asking(rig, 'json')
    assert.deepEqual((JSON.parse(text) as Seen).args, ['json', '--prompt', 'hello'])
  })

  it('is read line by line: parts are joined, amounts added, tool calls shown', async () => {
    const id = `ndjson${count}`
    const { failure, text, accounting } = await asking(rig, 'ndjson')
    assert.equal(failure, null)
    assert.equal(text, 'one two')
    assert.deepEqual(accounting.usage, { input: 15, cacheRead: 0, cacheWrite: 0, output: 3, reasoning: 0 })
    assert.equal(accounting.costUsd, null)
    const isShown = (event: RunEvent): boolean =>
      event.type === 'attempt.progress' && event.id === id && event.activity.includes('ls -l')
    assert.ok(rig.events.some(isShown))
  })

  it('that tells half of what it uses gives a lower bound, and what could not be applied is said', async () => {
    const { accounting } = await asking(rig, 'half')
    assert.equal(accounting.usage?.input, 15)
    assert.equal(accounting.partial, true)
    assert.equal(accounting.costUsd, null)
    const said = rig.events.filter((event) => event.type === 'notice').map(({ message }) => message)
    assert.ok(
      said.some((message) => /cost-usd.*sum\(\)/.test(message)),
      JSON.stringify(said),
    )
  })

  for (const prompt of ['--yolo', '/run rm -rf .', '!rm -rf .', ' -x'])
    it(`is given ${JSON.stringify(prompt)} as text`, async () => {
      const { text } = await asking(rig, 'json', { action: { kind: 'prompt', prompt } })
      const seen: Seen = JSON.parse(text)
      assert.equal(seen.prompt, `\u200B${prompt}`)
    })

  it('fails for the error it reports, though it exits 0', async () => {
    const { failure, exitCode } = await asking(rig, 'refused')
    assert.equal(exitCode, 0)
    assert.deepEqual(failure, { kind: 'rate-limit', detail: 'HTTP 429: slow down' })
  })

  it('fails where its output is not what was declared, and where it asked no model', async () => {
    assert.deepEqual((await asking(rig, 'nonsense')).failure, { kind: 'crash', detail: 'the output is not JSON' })
    assert.equal((await asking(rig, 'free')).failure?.kind, 'no-output')
  })

  it('has its answer held against the schema', async () => {
    const outputSchema = { type: 'array', items: { type: 'string' }, required: ['one', 'two'] }
    const { failure, json } = await asking(rig, 'schema', { outputSchema })
    assert.equal(failure, null)
    assert.deepEqual(json, ['one', 'two'])
    const other = await asking(rig, 'schema', { outputSchema: { ...outputSchema, minItems: 3 } })
    assert.equal(other.failure?.kind, 'invalid-output')
  })

  it('is refused a tier of safety that nobody says it keeps to', async () => {
    const { failure } = await asking(rig, 'text', { safety: 'read-only' })
    assert.equal(failure?.kind, 'spawn')
    assert.match(JSON.stringify(failure), /safety: read-only/)
  })

  it('that is stopped has used at least what it said', async () => {
    const id = `hang${count}`
    const ending = asking(rig, 'hang')
    await rig.until(
      (event): event is AttemptProgress =>
        event.type === 'attempt.progress' && event.id === id && event.activity.includes('wait'),
    )
    rig.launcher.stop(id, 1, 'cancelled', 'term')
    const { failure, accounting } = await ending
    assert.equal(failure?.kind, 'cancelled')
    assert.equal(accounting.partial, true)
    assert.equal(accounting.usage?.input, 9)
  })
})

describe('a declared runtime, simulated', () => {
  it('is led to the model server without the key of the machine, or not started at all', async () => {
    const rig = await open({ rules: 'rules: []' })
    try {
      const { text } = await asking(rig, 'json')
      const seen: Seen = JSON.parse(text)
      assert.match(seen.url ?? '', /^http:\/\/127\.0\.0\.1:\d+\/i\/json\d+\/1\/v1$/)
      assert.notEqual(seen.key, 'the-key')
      const { failure } = await asking(rig, 'text')
      assert.match(JSON.stringify(failure), /--simulate cannot play the model of text/)
    } finally {
      await rig.close()
    }
  })
})

describe('a declared runtime, where a stranger made the checkout', () => {
  it('runs only where its definition says that it obeys nothing there', async () => {
    const rig = await open({ trust: { tree: false } })
    try {
      assert.equal((await asking(rig, 'json')).failure, null)
      assert.match(JSON.stringify((await asking(rig, 'text')).failure), /untrusted-checkout/)
    } finally {
      await rig.close()
    }
  })

  it('is given no file of the checkout by its command', async () => {
    const rig = await open({ trust: { event: false }, runtimes: declared('./cli.mjs') })
    try {
      writeFileSync(join(rig.workspace, 'cli.mjs'), cli)
      const { failure } = await asking(rig, 'json')
      assert.deepEqual(failure?.kind === 'spawn' && failure.code, 'UNTRUSTED')
    } finally {
      await rig.close()
    }
  })
})
