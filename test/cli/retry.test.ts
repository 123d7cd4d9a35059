import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { createPlace, run, start } from './command-line.ts'

const file = `name: again
instances:
  list: { run: 'echo list >> ran; echo "[\\"x\\",\\"y\\"]"' }
  fan:
    needs: list
    strategy: { fail-fast: false, matrix: { n: "\${{ fromJSON(needs.list.text) }}" } }
    run: 'echo $N >> ran; test $N != y -o -e ok'
    env: { N: "\${{ matrix.n }}" }
  sum: { needs: [{ instance: fan, when: completed }], run: echo sum >> ran }
  after: { needs: fan, run: echo after >> ran }
  other: { run: 'echo other >> ran; exit 4' }
`

/** What was run since this was last asked. */
function ranIn(path: string): string[] {
  const ran = join(path, 'ran')
  const lines = existsSync(ran) ? readFileSync(ran, 'utf8').trim().split('\n') : []
  writeFileSync(ran, '')
  return lines.filter((line) => line !== '').toSorted()
}

const report = (path: string): RunJson => JSON.parse(readFileSync(join(path, '.orchestrator/latest/run.json'), 'utf8'))

const standings = (path: string): Record<string, string | null> =>
  Object.fromEntries(report(path).instances.map(({ id, result }) => [id, result]))

describe('retry', { skip: process.platform === 'win32' }, () => {
  it('runs what was named and what needs it, in the same run, and leaves other failures as they are', async () => {
    using place = createPlace({ 'f.yml': file })
    assert.equal((await run(place.path, ['run', 'f.yml'])).code, 1)
    assert.deepEqual(ranIn(place.path), ['list', 'other', 'sum', 'x', 'y'])
    const before = report(place.path)
    writeFileSync(join(place.path, 'ok'), '')

    const dry = await run(place.path, ['retry', 'fan', '--dry-run'])
    assert.equal(dry.code, 0, dry.err)
    assert.match(dry.out, /^fan\.y would run again: failure exit:1$/m)
    assert.match(dry.out, /^sum would run again: it builds on fan/m)
    assert.doesNotMatch(dry.out, /fan\.x|other|list/)
    assert.deepEqual(ranIn(place.path), [])

    const { code, err } = await run(place.path, ['retry', 'fan'])
    assert.equal(code, 1, err)
    assert.deepEqual(ranIn(place.path), ['after', 'sum', 'y'])
    assert.equal(report(place.path).startedAt, before.startedAt)
    assert.deepEqual(standings(place.path), {
      list: 'success',
      sum: 'success',
      after: 'success',
      other: 'failure',
      fan: 'success',
      'fan.x': 'success',
      'fan.y': 'success',
    })
    assert.ok(existsSync(join(place.path, '.orchestrator/latest/journal.1.ndjson')))
  })

  it('runs all that failed when nothing is named, and says when nothing did', async () => {
    using place = createPlace({ 'f.yml': file })
    await run(place.path, ['run', 'f.yml'])
    ranIn(place.path)
    writeFileSync(join(place.path, 'ok'), '')
    await run(place.path, ['retry'])
    assert.deepEqual(ranIn(place.path), ['after', 'other', 'sum', 'y'])
    writeFileSync(join(place.path, 'g.yml'), 'instances: { fine: { run: "true" } }')
    await run(place.path, ['run', 'g.yml'])
    const none = await run(place.path, ['retry'])
    assert.equal(none.code, 2)
    assert.match(none.err, /nothing failed in this run\n.*retry ID… --again/)
  })

  it('runs what succeeded only with --again, and what was made of it anew', async () => {
    using place = createPlace({ 'f.yml': file, ok: '' })
    await run(place.path, ['run', 'f.yml'])
    ranIn(place.path)
    assert.match((await run(place.path, ['retry', 'list'])).err, /list did not fail\n.*add --again/)
    assert.deepEqual(ranIn(place.path), [])
    await run(place.path, ['retry', 'list', '--again'])
    assert.deepEqual(ranIn(place.path), ['after', 'list', 'sum', 'x', 'y'])
    assert.match((await run(place.path, ['retry', '--again'])).err, /--again needs the IDs/)
  })

  it('says why it cannot: no such run or instance, one that was skipped, a run that goes on, an edited file', async () => {
    using place = createPlace({ 'f.yml': file, 'slow.yml': 'instances: { slow: { run: sleep 60 } }' })
    const nowhere = await run(place.path, ['retry'])
    assert.equal(nowhere.code, 2)
    assert.match(nowhere.err, /there is no run directory .*latest\n.*orchestrator runs/)
    for (const command of ['retry', 'watch', 'logs', 'report']) {
      const wrong = await run(place.path, command === 'report' ? [command, 'f.yml'] : [command, '--run', 'f.yml'])
      assert.equal(wrong.code, 2)
      assert.doesNotMatch(wrong.err, /ENAMETOOLONG|ENOENT/)
    }
    await run(place.path, ['run', 'f.yml'])
    assert.match((await run(place.path, ['retry', 'othr'])).err, /no instance othr in this run\n.*did you mean other\?/)
    assert.match((await run(place.path, ['retry', 'after'])).err, /after was skipped: .*fan/)
    writeFileSync(join(place.path, 'f.yml'), file.replace('exit 4', 'exit 0'))
    assert.match((await run(place.path, ['retry', 'other'])).err, /the file f\.yml changed .*\n.*--force/)
    ranIn(place.path)
    assert.equal((await run(place.path, ['retry', 'other', '--force'])).code, 1)
    assert.deepEqual(ranIn(place.path), ['other'])
    assert.equal(standings(place.path)['other'], 'success')
    const going = start(place.path, ['run', 'slow.yml'])
    await going.says(/slow started/)
    assert.match((await run(place.path, ['retry'])).err, /still in progress/)
    going.child.kill('SIGINT')
    await going.ended
  })

  it('asks an agent once more, keeps what was used counted, and says what is not', async () => {
    const PATH = `${join(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}`
    using place = createPlace({
      'f.yml': `instances:
  list: { run: 'echo "[1]"' }
  ask: { needs: list, strategy: { matrix: { n: "\${{ fromJSON(needs.list.text) }}" } }, prompt: Say it. }
`,
    })
    const simulated = ['--simulate']
    assert.equal((await run(place.path, ['run', 'f.yml', ...simulated], { PATH })).code, 0)
    const once = report(place.path).usage?.output ?? 0
    assert.ok(once > 0)
    const again = await run(place.path, ['retry', 'ask', '--again', ...simulated], { PATH })
    assert.equal(again.code, 0, again.out + again.err)
    assert.equal(report(place.path).usage?.output, 2 * once)
    const anew = await run(place.path, ['retry', 'list', '--again', ...simulated], { PATH })
    assert.equal(anew.code, 0, anew.out + anew.err)
    assert.match(anew.err, /No longer counted: .* tokens.*, used by ask\.1, which are made again/)
    assert.equal(report(place.path).usage?.output, once)
    assert.match((await run(place.path, ['report', '--format', 'markdown'])).out, /No longer counted/)
  })
})
