import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run, start } from './command-line.ts'

const file = `name: desk
instances:
  hello: { run: 'printf "hi\\n\\033[31mred\\033[0m\\n"; echo err >&2; printf "no end"' }
  fail: { run: exit 3, needs: hello }
`

/** The names of the runs in a place, oldest first. */
const runsIn = (path: string): string[] =>
  readdirSync(join(path, '.orchestrator'))
    .filter((name) => /^\d{8}-/.test(name))
    .toSorted()

interface Listed {
  readonly id: string
  readonly result: string
  readonly costUsd: number | null
}

const list = async (path: string): Promise<Listed[]> => JSON.parse((await run(path, ['runs', '--json'])).out)

describe('the runs made here', { skip: process.platform === 'win32' }, () => {
  it('are listed with what they came to, those that died and those that run now too', async () => {
    using place = createPlace({ 'f.yml': file, 'slow.yml': 'instances: { slow: { run: "echo on; sleep 60" } }' })
    assert.match((await run(place.path, ['runs'])).err, /Nothing has run here yet/)
    await run(place.path, ['run', 'f.yml'])
    const [failed] = runsIn(place.path)
    const going = start(place.path, ['run', 'slow.yml'])
    await going.says(/slow started/)
    assert.deepEqual(
      (await list(place.path)).map(({ result }) => result),
      ['running', 'failure'],
    )
    going.child.kill('SIGKILL')
    await going.ended
    assert.deepEqual(
      (await list(place.path)).map(({ result }) => result),
      ['interrupted', 'failure'],
    )
    const killed = runsIn(place.path).find((other) => other !== failed) ?? ''
    const resumed = start(place.path, ['run', '--resume', killed.split('-')[2] ?? ''])
    await resumed.says(/slow started/)
    resumed.child.kill('SIGKILL')
    await resumed.ended
    const { out } = await run(place.path, ['runs'])
    assert.match(out, /^run +name +result +tokens +cost +time +age\n/)
    assert.match(out, /desk +failure +– +– +\S+ +now\n$/)
  })

  it('are listed by what stands at the start of their reports, whatever follows', async () => {
    using place = createPlace({ 'f.yml': 'name: "größe 日本 🎉"\ninstances: { a: { run: "true" } }' })
    await run(place.path, ['run', 'f.yml'])
    const [id = ''] = runsIn(place.path)
    const report = join(place.path, '.orchestrator', id, 'run.json')
    const text = readFileSync(report, 'utf8')
    const head = text.slice(0, text.indexOf('"instances": ['))
    // A hole of four gigabytes, as if so much had been said: read whole it would be the end of us.
    writeFileSync(report, `${head}"instances": ["`)
    truncateSync(report, 4_294_967_296)
    appendFileSync(report, '"]\n}\n')
    const [listed] = await list(place.path)
    assert.equal(listed?.result, 'success')
    assert.match((await run(place.path, ['runs'])).out, /größe 日本 🎉 +success/)
    for (const broken of [text.slice(0, -20), text.slice(0, 30), '{}', '', '[1]', '{"name":"x",\n  "plan": {}}']) {
      writeFileSync(report, broken)
      assert.equal((await list(place.path))[0]?.result, 'unreadable', broken.slice(0, 40))
    }
  })

  it('are removed but for the newest, the one `latest` leads to, and what is no run', async () => {
    using place = createPlace({ 'f.yml': file })
    for (let count = 0; count < 3; count++) await run(place.path, ['run', 'f.yml'])
    mkdirSync(join(place.path, '.orchestrator/mine'))
    writeFileSync(join(place.path, '.orchestrator/mine/journal.ndjson'), '')
    const before = runsIn(place.path)
    const dry = await run(place.path, ['prune', '--keep', '1', '--dry-run'])
    assert.equal(dry.out.trim().split('\n').length, 2)
    assert.deepEqual(runsIn(place.path), before)
    assert.match((await run(place.path, ['prune', '--keep', '0', '--older-than', '1h'])).err, /^0 runs removed/)
    assert.match((await run(place.path, ['prune', '--keep', '0'])).err, /^2 runs removed/)
    assert.equal(runsIn(place.path).length, 1)
    assert.ok(existsSync(join(place.path, '.orchestrator/mine')))
    assert.match((await run(place.path, ['report'])).out, /desk failure/)
    const wrong = await run(place.path, ['prune', '--older-than', '2 weeks'])
    assert.equal(wrong.code, 2)
    assert.match(wrong.err, /minutes, hours or days/)
  })
})

describe('the logs of a run', { skip: process.platform === 'win32' }, () => {
  it('are shown of one instance or of all, without what acts on a terminal', async () => {
    using place = createPlace({ 'f.yml': file })
    await run(place.path, ['run', 'f.yml'])
    assert.equal((await run(place.path, ['logs', 'hello'])).out, 'hi\nred\nno end\n')
    assert.equal((await run(place.path, ['logs'])).out, 'hello: hi\nhello: red\nhello: no end\n')
    assert.equal((await run(place.path, ['logs', 'hello', '--stderr'])).out, 'err\n')
    assert.ok((await run(place.path, ['logs', 'hello', '--raw'])).out.includes('\u001B[31mred'))
    assert.match((await run(place.path, ['logs', 'fail'])).err, /fail printed nothing/)
    const unknown = await run(place.path, ['logs', 'helo'])
    assert.equal(unknown.code, 2)
    assert.match(unknown.err, /no instance helo .*\n.*did you mean hello\?/)
    const [id = ''] = runsIn(place.path)
    assert.equal((await run(place.path, ['logs', 'hello', '--run', id.split('-')[2] ?? ''])).out, 'hi\nred\nno end\n')
  })

  it('show an agent as readable turns', async () => {
    using place = createPlace({
      'f.yml': 'instances: { agent: { prompt: Look. } }',
      'rules.yml': `rules:
  - times: 1
    reply: { text: I will look., tools: [{ run: ls -la }] }
  - reply: { text: "All good.\\nNothing to do." }
`,
    })
    const PATH = `${join(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}`
    const ran = await run(place.path, ['run', 'f.yml', '--simulate', 'rules.yml'], { PATH })
    assert.equal(ran.code, 0, ran.out + ran.err)
    const { out } = await run(place.path, ['logs', 'agent'])
    assert.equal(out, 'I will look.\n● Bash: ls -la\nAll good.\nNothing to do.\n')
  })

  it('are followed until the instance has ended, or until nobody wants to', async () => {
    using place = createPlace({
      'f.yml': `instances:
  talk: { run: "for n in 1 2 3; do echo line $n; sleep 0.4; done" }
  wait: { run: sleep 60 }
`,
    })
    const going = start(place.path, ['run', 'f.yml'])
    await going.says(/talk started[^]*wait started|wait started[^]*talk started/)
    const { out, code } = await run(place.path, ['logs', 'talk', '-f'])
    assert.equal(out, 'line 1\nline 2\nline 3\n')
    assert.equal(code, 0)
    const all = start(place.path, ['logs', '--follow'])
    await all.says(/talk: line 3/)
    all.child.kill('SIGINT')
    assert.equal((await all.ended).code, 130)
    going.child.kill('SIGINT')
    await going.ended
  })
})

describe('two runs side by side', { skip: process.platform === 'win32' }, () => {
  it('tell what each instance did otherwise', async () => {
    using place = createPlace({
      'a.yml': 'name: pair\ninstances: { same: { run: echo a }, other: { run: echo a }, gone: { run: "true" } }',
      'b.yml': 'name: pair\ninstances: { same: { run: echo a }, other: { run: "echo b; exit 4" } }',
    })
    await run(place.path, ['run', 'a.yml'])
    const [first = ''] = runsIn(place.path)
    await run(place.path, ['run', 'b.yml'])
    // Names of runs that began in the same second have no order.
    const second = runsIn(place.path).find((other) => other !== first) ?? ''
    const { out } = await run(place.path, ['compare', first, second])
    assert.match(out, /^same +success +.*same$/m)
    assert.match(out, /^other +success → failure exit:4 .*another$/m)
    assert.match(out, /^gone +success → none /m)
    const compared = JSON.parse((await run(place.path, ['compare', first, '--json'])).out)
    assert.deepEqual(
      compared.instances.map(({ id, sameText }: { id: string; sameText: boolean | null }) => [id, sameText]),
      [
        ['same', true],
        ['other', false],
        ['gone', null],
      ],
    )
    assert.equal((await run(place.path, ['compare', 'nosuch'])).code, 2)
  })
})
