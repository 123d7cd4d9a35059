import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { tmpdir } from 'node:os'
import { after, before, describe, it } from 'node:test'
import { simulatedModels } from '../../src/agents/registry.ts'
import { loadPatterns } from '../../src/core/pattern.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import { type Simulation, startSimulation } from '../../src/simulate/server.ts'
import { createPlace, main, run } from './command-line.ts'

const key = `sk-ant-${process.pid}-of-the-provider-0123456789`

/** Looks for the key wherever a program of the same user can; its own words do not hold it. */
const search = [
  `first=${key.slice(0, 12)}`,
  `whole=$first${key.slice(12)}`,
  'env | grep -c -e "$whole" > "$1.env"',
  'cat /proc/[0-9]*/environ 2> /dev/null | grep -a -c -e "$whole" > "$1.proc"',
  'grep -r -c -e "$whole" "$HOME" 2> /dev/null | grep -v ":0$" > "$1.home"',
  'true',
].join('\n')

const rules = `
rules:
  - repeat: true
    match: { prompt: Search }
    replies: [{ tools: [{ run: "sh search.sh $RUNTIME_NAME" }] }, { text: Searched. }]
`

const runtimes = ['claude', 'codex', 'gemini']
/** One after the other, so that the first could find what the last needs. */
const instances = runtimes.map(
  (runtime, index) => `  ${runtime}:
    needs: [${runtimes.slice(0, index).join(', ')}]
    runtime: ${runtime}
    prompt: Search for the key.
    safety: autonomous
    credentials: proxy
    env: { RUNTIME_NAME: ${runtime} }`,
)

const file = `name: kept
instances:
${instances.join('\n')}
  direct:
    needs: [claude, codex, gemini]
    prompt: Search for the key.
    safety: autonomous
    credentials: direct
    env: { RUNTIME_NAME: direct, ANTHROPIC_BASE_URL: DIRECT }
`

describe('a key that is kept from the agents', { skip: process.platform !== 'linux' && 'there is no /proc' }, () => {
  let provider: Simulation
  before(async () => {
    await loadPatterns()
    const parsed = parseRules('rules.yml', rules)
    assert.deepEqual(parsed.diagnostics, [])
    provider = await startSimulation({
      rules: parsed.rules,
      ledgerPath: join(tmpdir(), `kept-key-${process.pid}.ndjson`),
      redactor: { text: (text) => text, stream: () => ({ push: (chunk) => chunk, end: () => new Uint8Array() }) },
      models: await simulatedModels(),
    })
  })
  after(() => provider.close())

  it('is nowhere where they look: not in their environment, not in that of any process, not in their files', async () => {
    const base = (id: string): string => provider.endpoint(id, 1).baseUrl
    using place = createPlace({ 'kept.yml': file.replace('DIRECT', base('direct')), 'search.sh': search })
    const { code, out, err } = await run(place.path, ['run', 'kept.yml'], {
      PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter),
      ANTHROPIC_API_KEY: key,
      ANTHROPIC_BASE_URL: base('claude'),
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: `${base('codex')}/v1`,
      GEMINI_API_KEY: key,
      DEPLOY_TOKEN: key,
      GOOGLE_GEMINI_BASE_URL: base('gemini'),
    })
    assert.equal(code, 0, out + err)
    const found = (runtime: string): string[] =>
      ['env', 'proc', 'home'].map((where) => readFileSync(join(place.path, `${runtime}.${where}`), 'utf8').trim())
    for (const runtime of runtimes) assert.deepEqual(found(runtime), ['0', '0', ''], runtime)
    const [inEnvironment, inProcesses] = found('direct')
    assert.ok(Number(inEnvironment) > 0 && Number(inProcesses) > 0, 'the search finds what is there')
  })

  it('is named where a process above us shows it', async () => {
    using place = createPlace({ 'kept.yml': file.slice(0, file.indexOf('  codex:')) })
    const started = spawnSync('sh', ['-c', `"$0" "$1" run kept.yml; exit $?`, process.execPath, main], {
      cwd: place.path,
      encoding: 'utf8',
      env: {
        PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter),
        HOME: place.path,
        ANTHROPIC_API_KEY: key,
        ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
      },
    })
    assert.match(
      started.stdout + started.stderr,
      /ANTHROPIC_API_KEY is kept from the agents, but it is in the environment of process \d+ \(sh\)/,
    )
  })
})
