import assert from 'node:assert/strict'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { followOutput } from '../../src/cli/follow-output.ts'
import { createRunState } from '../../src/core/run-state.ts'
import { foldJournal } from '../../src/journal/read-journal.ts'
import { createPlace, run, start } from './command-line.ts'

const PATH = `${join(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}`

/** Waits for a file, then goes on: so a test holds an instance as long as it looks. */
const hold = (file: string): string => `while [ ! -e ${file} ]; do sleep 0.05; done`

const file = `name: live
instances:
  talk: { run: 'echo one; printf "\\033[31mred\\033[0m\\n##[error]x\\n"; echo oops >&2; ${hold('go')}; printf end' }
  next: { needs: talk, run: 'echo next; exit 3' }
`

const rules = `rules:
  - times: 1
    reply: { text: I will look., tools: [{ run: echo found }] }
  - reply: { text: "All good.\\nNothing to do." }
`

describe('a run with --verbose', { skip: process.platform === 'win32' }, () => {
  it('shows what instances print while they print it, each line after its id, and nothing that acts', async () => {
    using place = createPlace({ 'f.yml': file })
    const going = start(place.path, ['run', 'f.yml', '--verbose'])
    await going.says(/^talk: oops$/m)
    writeFileSync(join(place.path, 'go'), '')
    const { out, code } = await going.ended
    assert.equal(code, 1)
    assert.match(out, /talk started[^]*^talk: one\ntalk: red\ntalk: ## \[error\]x\n[^]*^talk: end\n✓ talk success/m)
    assert.match(out, /next started[^]*^next: next\n✗ next failure/m)
    assert.ok(!out.includes('\u001B'))
  })

  it('shows agents as turns, also of `once`, with the answer alone on standard output', async () => {
    using place = createPlace({ 'f.yml': 'instances: { agent: { prompt: Look. } }', 'rules.yml': rules })
    const { out, err } = await run(place.path, ['run', 'f.yml', '-v', '--simulate', 'rules.yml'], { PATH })
    assert.match(
      out,
      /^agent: I will look\.\nagent: ● Bash: echo found\nagent: All good\.\nagent: Nothing to do\.$/m,
      err,
    )
    assert.doesNotMatch(out, /^agent: \{/m)
    const once = await run(place.path, ['once', '-v', '--simulate=rules.yml', 'Look.'], { PATH })
    assert.equal(once.out, 'All good.\nNothing to do.\n')
    assert.match(once.err, /^once: ● Bash: echo found$/m)
  })

  it('masks what is only seen once a protocol is decoded', async () => {
    using place = createPlace({
      'f.yml': `runtimes:
  teller: { command: [node, tell.mjs, "{prompt}"], parse: { format: ndjson, text: "[-1].said", tools: "[].said" } }
instances:
  tell: { runtime: teller, prompt: Tell., secrets: [SESAME] }
`,
      'tell.mjs': `console.log('{"said":"it is \\\\u006f\\\\u0070en-s\\\\u0065same-81"}')`,
    })
    const env = { SESAME: 'open-sesame-81' }
    const { out } = await run(place.path, ['run', 'f.yml', '--verbose'], env)
    assert.match(out, /^tell: ● it is \*\*\*$/m)
    assert.doesNotMatch(out, /open-sesame/)
    for (const command of ['watch', 'logs'])
      assert.match((await run(place.path, [command, 'tell'], env)).out, /it is \*\*\*/)
  })

  it('shows the end of what nobody could read, and says where the rest is', async () => {
    using place = createPlace({
      'f.yml': 'instances: { a: { run: "true" } }',
      'logs/a.1.stdout.log': `first\n${'x'.repeat(99)}\n`.repeat(40_000) + 'last\nend',
    })
    await run(place.path, ['run', 'f.yml'])
    const state = createRunState()
    foldJournal(join(place.path, '.orchestrator/latest/journal.ndjson'), state)
    const follower = followOutput(place.path, (text) => text)
    follower.begin('a', 1, state)
    const lines = [...follower.end('a')].map(({ text }) => text)
    assert.match(lines[0] ?? '', /^… 4\.\d MB left out, which are in logs\/a\.1\.stdout\.log$/)
    assert.deepEqual(lines.slice(-2), ['last', 'end'])
    assert.ok(lines.length < 400)
    assert.ok(lines.slice(1, -2).every((line) => line === 'first' || line === 'x'.repeat(99)))
  })

  it('does not go with --quiet', async () => {
    using place = createPlace({ 'f.yml': file })
    const { code, err } = await run(place.path, ['run', 'f.yml', '-q', '-v'])
    assert.equal(code, 2)
    assert.match(err, /--quiet and --verbose cannot be combined/)
    assert.ok(!existsSync(join(place.path, '.orchestrator')))
  })
})

describe('watch', { skip: process.platform === 'win32' }, () => {
  it('waits for an instance, shows it, and ends as it does', async () => {
    using place = createPlace({ 'f.yml': file })
    const going = start(place.path, ['run', 'f.yml'])
    await going.says(/talk started/)
    const talk = start(place.path, ['watch'])
    const next = start(place.path, ['watch', 'next'])
    await talk.says(/^one$/m)
    await next.says(/next has not started yet/)
    writeFileSync(join(place.path, 'go'), '')
    const [talked, failed] = [await talk.ended, await next.ended]
    await going.ended
    assert.match(talked.out, /^▸ talk started \(shell\)\none\nred\n[^]*\nend\n✓ talk success/)
    assert.equal(talked.code, 0)
    assert.match(failed.out, /^▸ next started \(shell\)\nnext\n✗ next failure exit:3/)
    assert.equal(failed.code, 1)
    assert.equal((await run(place.path, ['watch', 'next'])).out, failed.out, 'the same afterwards')
  })

  it('names what it could watch, and what is not there', async () => {
    using place = createPlace({ 'f.yml': `instances: { a: { run: '${hold('go')}' }, b: { run: '${hold('go')}' } }` })
    assert.match((await run(place.path, ['watch', 'a'])).err, /there is no run in/)
    const going = start(place.path, ['run', 'f.yml'])
    await going.says(/a started[^]*b started|b started[^]*a started/)
    const many = await run(place.path, ['watch'])
    assert.equal(many.code, 2)
    assert.match(many.err, /2 instances are running: a, b\n.*orchestrator watch a/)
    assert.match((await run(place.path, ['watch', 'aa'])).err, /no instance aa .*\n.*did you mean a\?/)
    writeFileSync(join(place.path, 'go'), '')
    await going.ended
    assert.match((await run(place.path, ['watch'])).err, /this run is over\n.*orchestrator logs/)
  })

  it('ends when nobody reads any more, as logs -f does', async () => {
    using place = createPlace({
      'f.yml': 'instances: { talk: { run: "while [ ! -e go ]; do echo on; sleep 0.05; done" } }',
    })
    const going = start(place.path, ['run', 'f.yml'])
    await going.says(/talk started/)
    for (const args of [
      ['watch', 'talk'],
      ['logs', '-f'],
    ]) {
      const piped = start(place.path, args)
      await piped.says(/on\n/)
      piped.child.stdout.destroy()
      assert.equal((await piped.ended).code, 0, args.join(' '))
    }
    writeFileSync(join(place.path, 'go'), '')
    await going.ended
  })

  it('ends when the orchestrator dies, and at Ctrl-C', async () => {
    using place = createPlace({ 'f.yml': file })
    const going = start(place.path, ['run', 'f.yml'])
    await going.says(/talk started/)
    const left = start(place.path, ['watch', 'talk'])
    const unborn = start(place.path, ['watch', 'next'])
    await left.says(/one/)
    await unborn.says(/not started yet/)
    const asked = start(place.path, ['watch', 'talk'])
    await asked.says(/one/)
    asked.child.kill('SIGINT')
    assert.equal((await asked.ended).code, 130)
    going.child.kill('SIGKILL')
    await going.ended
    assert.match((await left.ended).err, /talk has no end: its orchestrator died/)
    const never = await unborn.ended
    assert.equal(never.code, 1)
    assert.match(never.err, /next was never started: its orchestrator died/)
    writeFileSync(join(place.path, 'go'), '')
  })

  it('goes on with a journal that is written anew meanwhile', async () => {
    using place = createPlace({ 'f.yml': file, go: '' })
    await run(place.path, ['run', 'f.yml'])
    const { followJournal } = await import('../../src/journal/follow-journal.ts')
    const journal = followJournal(join(place.path, '.orchestrator/latest/journal.ndjson'))
    const first = [...journal.next()]
    assert.equal(journal.state.ended?.result, 'failure')
    assert.deepEqual([...journal.next()], [])
    await run(place.path, ['retry', 'talk', '--again'])
    const second = [...journal.next()]
    journal.close()
    assert.ok(second.length > first.length)
    assert.equal(second[0]?.type, 'run.started')
    assert.equal(journal.state.instances.get('talk')?.attempts.length, 2)
    assert.ok(readdirSync(join(place.path, '.orchestrator/latest')).includes('journal.1.ndjson'))
  })
})
