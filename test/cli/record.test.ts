import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { before, describe, it } from 'node:test'
import { loadPatterns } from '../../src/core/pattern.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import { parseRules } from '../../src/simulate/rules.ts'
import { createPlace, run } from './command-line.ts'

const file = `name: recorded
instances:
  claude:
    prompt: Look and say.
    safety: autonomous
    output-schema: { type: object, properties: { n: { type: number } }, required: [n], additionalProperties: false }
  codex: { runtime: codex, prompt: Look and say., safety: autonomous }
  gemini: { runtime: gemini, model: gemini-2.5-pro, prompt: Look and say., safety: autonomous }
  refused: { prompt: Say., retry: 0 }
`

const rules = `rules:
  - match: { instance: refused }
    reply: { error: { status: 400, message: "no, because" } }
  - match: { instance: claude }
    replies:
      - { text: I look., tools: [{ run: "echo one >> claude.txt" }], usage: { input: 11, cache-read: 22, cache-write: 33, output: 44 } }
      - { json: { n: 7 }, usage: { input: 55, cache-read: 0, cache-write: 0, output: 66 } }
      - { text: Done. }
  - match: { instance: "*" }
    replies:
      - { tools: [{ run: "echo one >> $INSTANCE.txt" }] }
      - { text: 'Grüße: "quoted"', chunks: 5 }
`

const ofRun = (path: string): object[] => {
  const { instances }: RunJson = JSON.parse(readFileSync(join(path, '.orchestrator/latest/run.json'), 'utf8'))
  return instances.map(({ id, reason, detail, text, outputs, usage }) => ({ id, reason, detail, text, outputs, usage }))
}

const environment = {
  PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter),
  CLAUDE_CODE_MAX_RETRIES: '0',
}

describe('run --record', { skip: process.platform === 'win32' && 'it drives the agents by a shell' }, () => {
  before(() => loadPatterns())

  it('keeps what the models answer as rules that give it again: texts, calls, structures, errors, to the token', async () => {
    using place = createPlace({ 'recorded.yml': file, 'rules.yml': rules })
    const first = await run(
      place.path,
      ['run', 'recorded.yml', '--simulate', 'rules.yml', '--record', 'made.yml'],
      environment,
    )
    assert.equal(first.code, 1, first.out + first.err)
    const before = ofRun(place.path)
    const made = readFileSync(join(place.path, 'made.yml'), 'utf8')
    const { diagnostics, rules: parsed } = parseRules('made.yml', made)
    assert.deepEqual(diagnostics, [])
    assert.equal(parsed.rules.length, 4, made)
    assert.match(made, /no, because/)
    const again = await run(place.path, ['run', 'recorded.yml', '--simulate', 'made.yml'], environment)
    assert.equal(again.code, 1, again.out + again.err)
    assert.deepEqual(ofRun(place.path), before)
    assert.match(JSON.stringify(before), /Grüße/)
    assert.equal(readFileSync(join(place.path, 'claude.txt'), 'utf8'), 'one\none\n', 'tools run as they did')
  })

  it('says what it could not record', async () => {
    using place = createPlace({
      'recorded.yml': 'instances:\n  direct: { prompt: Say., credentials: direct }\n  command: { run: "true" }\n',
    })
    const { out, err } = await run(
      place.path,
      ['run', 'recorded.yml', '--simulate', '--record', 'made.yml'],
      environment,
    )
    assert.match(out + err, /direct.*not recorded: `credentials: direct` bypasses the proxy/)
    assert.match(readFileSync(join(place.path, 'made.yml'), 'utf8'), /rules: \[\]/)
  })
})
