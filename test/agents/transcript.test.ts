import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../src/core/json.ts'
import type { AttemptEnded } from '../../src/core/event.ts'
import { copilotTurns } from '../../src/agents/copilot/turns.ts'
import { createPlace, run } from '../cli/command-line.ts'

const runtimes = ['claude', 'codex', 'gemini'] as const

const file = `
name: transcripts
defaults: { retry: 0, safety: autonomous, transcript: true }
instances:
${runtimes.map((runtime) => `  ${runtime}: { runtime: ${runtime}, prompt: Please look around., secrets: [DEPLOY] }`).join('\n')}
  on: { needs: claude, prompt: And now., session: continue claude }
  silent: { runtime: codex, prompt: Say nothing., transcript: false }
  make: { run: "true" }
`

const rules = `
rules:
${runtimes
  .map(
    (runtime) => `
  - match: { instance: ${runtime} }
    replies:
      - { text: I will look., tools: [{ run: 'echo "found $DEPLOY" and "quoted"; seq 20' }] }
      - { text: There are 20. }
`,
  )
  .join('')}`

const secret = 'hunter2-"quoted"-hunter2'
const env = {
  PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter),
  DEPLOY: secret,
}

describe('a transcript that is kept', () => {
  it('is that of the CLI, redacted, and read as turns', async () => {
    using place = createPlace({ 'ci.yml': file, 'rules.yml': rules })
    const { code, err } = await run(
      place.path,
      ['run', 'ci.yml', '--run-dir', 'r', '--simulate', 'rules.yml', '--quiet'],
      env,
    )
    assert.equal(code, 0, err)
    const ends = readFileSync(join(place.path, 'r/journal.ndjson'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"attempt.ended"'))
      .map((line): AttemptEnded => JSON.parse(line))
    const of = (id: string) => ends.find((each) => each.id === id)?.transcriptFile
    assert.equal(of('silent'), undefined)
    assert.equal(of('make'), undefined)
    for (const runtime of runtimes) {
      const name = of(runtime)
      assert.equal(name, `logs/${runtime}.1.transcript.jsonl`)
      const kept = readFileSync(join(place.path, 'r', name), 'utf8')
      for (const part of [secret, JSON.stringify(secret).slice(1, -1), 'hunter2']) assert.ok(!kept.includes(part), part)
      assert.ok(kept.includes('found ***'), runtime)
      for (const line of kept.trimEnd().split('\n')) JSON.parse(line) as JsonObject
      const { out } = await run(place.path, ['logs', runtime, '--transcript', '--run', 'r'], env)
      const order = [
        '▌ prompt\nPlease look around.',
        `▌ ${runtime}\nI will look.`,
        '● ',
        '  20',
        `▌ ${runtime}\nThere are 20.`,
      ]
      const places = order.map((text) => out.indexOf(text))
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
        out,
      )
      assert.ok(places[0] !== -1, out)
      assert.match(out, /echo \\?"found \$DEPLOY/)
      assert.match(out, / {2}… \d+ more lines\n/)
      assert.ok(!out.includes('found ***'), 'only the end of a long result is shown')
      const { out: raw } = await run(place.path, ['logs', runtime, '--transcript', '--raw', '--run', 'r'], env)
      assert.equal(raw, kept)
    }
    const { out } = await run(place.path, ['logs', 'on', '--transcript', '--run', 'r'], env)
    assert.match(out, /Please look around\.[^]*And now\./, 'the whole conversation')
    const { err: none } = await run(place.path, ['logs', 'make', '--transcript', '--run', 'r'], env)
    assert.match(none, /No transcript was kept: give make `transcript: true`/)
    const { code: wrong } = await run(place.path, ['logs', '--transcript', '--follow', '--run', 'r'], env)
    assert.equal(wrong, 2)
  })

  it('of Copilot is read from events of the form that it prints', () => {
    const turns = ['tool', 'tool-noallow'].flatMap((name) =>
      readFileSync(resolve(import.meta.dirname, `../fixtures/agents/copilot-1.0.102/${name}.ndjson`), 'utf8')
        .split('\n')
        .flatMap(copilotTurns),
    )
    const of = (by: string): string[] => turns.flatMap((turn) => (turn.by === by ? [turn.text] : []))
    assert.match(of('user').join('\n'), /@@text=/)
    assert.match(of('tool').join('\n'), /^bash: /m)
    assert.match(of('result').join('\n'), /hi-cp\n[^]*Permission denied/)
    assert.ok(of('agent').some((text) => text !== ''))
  })
})
