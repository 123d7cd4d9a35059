import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

/** A command that prints `count` lines, the one in the middle of which says MIDDLE. */
const talk = (count: number): string =>
  `node -e "for (let i = 0; i < ${count}; i++) console.log(i === ${count / 2} ? 'MIDDLE' : 'line ' + i)"`

const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => (i === count / 2 ? 'MIDDLE' : `line ${i}`)).join('\n')

const plan = `name: long
instances:
  said: { run: ${JSON.stringify(talk(10_000))} }
  parsed: { run: "node -e \\"console.log(JSON.stringify({ a: 'x'.repeat(50000), b: [7] }))\\"", parse: json }
  met: { needs: { instance: said, when: "\${{ contains(needs.said.text, 'MIDDLE') }}" }, run: "true" }
  missed: { needs: { instance: said, when: "\${{ contains(needs.said.text, 'NOWHERE') }}" }, run: "true" }
  read:
    needs: [said, parsed]
    run: test -e may-end && printf %s "$TEXT" > seen && printf %s "$SEVEN" > seven
    env: { TEXT: "\${{ needs.said.text }}", SEVEN: "\${{ needs.parsed.json.b[0] }}" }
`

const instancesOf = (json: string): Map<string, { result: string; reason: string; detail: string; text: string }> =>
  new Map(JSON.parse(json).instances.map((each: { id: string }) => [each.id, each]))

describe('a text too long for the journal', () => {
  it('is seen whole by conditions, what needs it, reports and a resumed run', async () => {
    using place = createPlace({ 'ci.yml': plan })
    const first = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
    assert.equal(first.code, 1, first.err)
    assert.ok(statSync(join(place.path, 'run/journal.ndjson')).size < 40_000)
    writeFileSync(join(place.path, 'may-end'), '')
    const { code, out, err } = await run(place.path, ['run', '--resume', 'run'])
    assert.equal(code, 0, out + err)
    assert.equal(readFileSync(join(place.path, 'seen'), 'utf8'), `${lines(10_000)}\n`)
    assert.equal(readFileSync(join(place.path, 'seven'), 'utf8'), '7')
    const report = await run(place.path, ['report', 'run', '--format', 'json'])
    const instances = instancesOf(report.out)
    assert.equal(instances.get('said')?.text, `${lines(10_000)}\n`)
    assert.equal(instances.get('met')?.result, 'success')
    assert.equal(instances.get('missed')?.result, 'skipped')
    assert.equal(readFileSync(join(place.path, 'run/run.json'), 'utf8'), report.out)
  })

  it('is not parsed where not all of it can be, and is no answer then', async () => {
    const print = (count: number): string =>
      `node -e "process.stdout.write(('[1]' + ' '.repeat(1020) + String.fromCharCode(10)).repeat(${count}))"`
    const file = `name: x
instances:
  most: { run: ${JSON.stringify(print(16 * 1024))}, parse: ndjson }
  more: { run: ${JSON.stringify(print(16 * 1024 + 1))}, parse: ndjson }
  met: { run: ${JSON.stringify(print(16 * 1024 + 1))}, parse: { regex: "(?<one>1)" } }
`
    using place = createPlace({ 'ci.yml': file })
    await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
    const { out } = await run(place.path, ['report', 'run', '--format', 'json'])
    const instances = instancesOf(out)
    assert.deepEqual(
      ['most', 'more', 'met'].map((id) => instances.get(id)?.reason),
      ['', 'invalid-output', ''],
    )
    assert.match(instances.get('more')?.detail ?? '', /more than 16777216 bytes, which are not parsed/)
  })

  it('is printed whole by once', async () => {
    using place = createPlace()
    const { out } = await run(place.path, ['once', '--', 'node', '-e', 'console.log("word ".repeat(20_000))'])
    assert.equal(out, `${'word '.repeat(20_000)}\n`)
  })

  it('holds no secret, wherever in it that stands', async () => {
    const secret = 'hunter2-hunter2-hunter2'
    const script = `node -e "for (let i = 0; i < 9000; i++) console.log(i % 100 === 0 ? process.env.THE_KEY : 'x' + i); console.log(JSON.stringify(process.env.THE_KEY))"`
    const parsed = `node -e "console.log(JSON.stringify(Array(2000).fill(process.env.THE_KEY + '!')))"`
    const file = `name: x
instances:
  a: { run: ${JSON.stringify(script)}, secrets: [THE_KEY] }
  b: { run: ${JSON.stringify(parsed)}, secrets: [THE_KEY], parse: json }
`
    using place = createPlace({ 'ci.yml': file })
    await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], { THE_KEY: secret })
    for (const name of ['a.1.text.txt', 'b.1.json']) {
      const kept = readFileSync(join(place.path, 'run/logs', name), 'utf8')
      assert.ok(kept.length > 5000)
      assert.ok(!kept.includes(secret), name)
      assert.ok(kept.includes('***'), name)
    }
    assert.equal(JSON.parse(readFileSync(join(place.path, 'run/logs/b.1.json'), 'utf8')).length, 2000)
  })

  it('is written through no link that a program of the run has planted', async () => {
    const file = `name: x
instances:
  a: { run: "ln -s $PWD/outside run/logs/b.1.text.txt" }
  b: { needs: a, run: ${JSON.stringify(talk(4000))} }
`
    using place = createPlace({ 'ci.yml': file })
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])).code, 0)
    assert.equal(existsSync(join(place.path, 'outside')), false)
    assert.equal(readFileSync(join(place.path, 'run/logs/b.1.text.txt'), 'utf8'), `${lines(4000)}\n`)
  })
})

describe('the file of a long text that was damaged', () => {
  const damages: Readonly<Record<string, (path: string) => void>> = {
    removed: (path) => rmSync(path),
    'with another letter': (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('MIDDLE', 'MIDDLF')),
    longer: (path) => writeFileSync(path, 'x', { flag: 'a' }),
  }
  for (const [how, damage] of Object.entries(damages))
    it(`(${how}) is named by report, and what remains is shown`, async () => {
      using place = createPlace({ 'ci.yml': plan })
      await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
      damage(join(place.path, 'run/logs/said.1.text.txt'))
      const report = await run(place.path, ['report', 'run', '--format', 'json'])
      assert.equal(report.code, 2)
      assert.match(report.err, /logs\/said\.1\.text\.txt/)
      assert.doesNotMatch(report.err + report.out, /\n +at /)
      const text = instancesOf(report.out).get('said')?.text ?? ''
      assert.match(text, /^line 0\n[^]*line 9999\n\n\n\[.*logs\/said\.1\.text\.txt/)
    })

  it('is not resumed from, and with --salvage what wrote it runs again and what builds on it', async () => {
    using place = createPlace({ 'ci.yml': plan })
    await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
    writeFileSync(join(place.path, 'run/logs/said.1.text.txt'), 'forged')
    writeFileSync(join(place.path, 'may-end'), '')
    const refused = await run(place.path, ['run', '--resume', 'run'])
    assert.equal(refused.code, 2)
    assert.match(refused.err, /said: .*logs\/said\.1\.text\.txt is damaged/)
    const { code, err } = await run(place.path, ['run', '--resume', 'run', '--salvage'])
    assert.equal(code, 0, err)
    assert.match(err, /said had succeeded and runs again: .*said\.1\.text\.txt is damaged/)
    assert.match(err, /met had succeeded and runs again: it builds on said/)
    assert.doesNotMatch(err, /parsed had succeeded/)
    assert.equal(readFileSync(join(place.path, 'seen'), 'utf8'), `${lines(10_000)}\n`)
  })

  it('by another instance fails what reads it, by name', async () => {
    const file = `name: x
instances:
  a: { run: ${JSON.stringify(talk(4000))} }
  b: { needs: a, run: "echo forged > run/logs/a.1.text.txt" }
  c: { needs: [a, b], run: "true", env: { TEXT: "\${{ needs.a.text }}" } }
`
    using place = createPlace({ 'ci.yml': file })
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])).code, 1)
    const json = readFileSync(join(place.path, 'run/run.json'), 'utf8')
    const c = instancesOf(json).get('c')
    assert.equal(c?.result, 'failure')
    assert.match(c?.detail ?? '', /a\.1\.text\.txt is damaged/)
  })
})
