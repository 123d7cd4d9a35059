import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

/** Each instance leaves a line when it has done its work. */
const does = (id: string, rest = ''): string => `  ${id}: { run: "echo ${id} >> done.txt; ${rest || 'true'}"`

const first = `name: edited
inputs: { who: { default: world } }
instances:
${does('build')} }
${does('lint')} }
${does('greet')}, env: { WHO: "\${{ inputs.who }}" } }
${does('test', 'exit 1')}, needs: build }
${does('deploy')}, needs: [test, lint] }
`

interface Report {
  readonly result: string
  readonly instances: readonly { readonly id: string; readonly result: string; readonly text: string }[]
}

/** Runs the first file, which fails, and resumes it with another; what was done the second time, and the report. */
async function resumeWith(edited: string, args: readonly string[] = []) {
  using place = createPlace({ 'ci.yml': first })
  const failed = await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', '--quiet'])
  assert.equal(failed.code, 1, failed.err)
  writeFileSync(join(place.path, 'done.txt'), '')
  writeFileSync(join(place.path, 'ci.yml'), edited)
  const refused = await run(place.path, ['run', '--resume', 'r', '--quiet', ...args])
  assert.equal(refused.code, 2)
  assert.match(refused.err, /changed since the run began/)
  const { code, err } = await run(place.path, ['run', '--resume', 'r', '--force', '--quiet', ...args])
  const done = readFileSync(join(place.path, 'done.txt'), 'utf8').split('\n').filter(Boolean).toSorted()
  const report: Report = JSON.parse(readFileSync(join(place.path, 'r/run.json'), 'utf8'))
  return { code, err, done, report, files: readdirSync(join(place.path, 'r')) }
}

describe('a run that is resumed with an edited file', { concurrency: 2 }, () => {
  it('runs the new file: what is unchanged is kept, what failed is run as it is now', async () => {
    const { code, err, done, report, files } = await resumeWith(first.replace('exit 1', 'echo mended'))
    assert.equal(code, 0, err)
    assert.deepEqual(done, ['deploy', 'test'])
    assert.match(err, /3 succeeded and are kept, 0 succeeded and are run again/)
    assert.equal(report.result, 'success')
    assert.equal(report.instances.find(({ id }) => id === 'test')?.text, 'mended\n')
    assert.ok(files.includes('journal.1.ndjson'))
  })

  it('runs again what was edited, and all that comes after it', async () => {
    const edited = first.replace('exit 1', 'true').replace('echo build >>', 'echo build  >>')
    const { code, done } = await resumeWith(edited)
    assert.equal(code, 0)
    assert.deepEqual(done, ['build', 'deploy', 'test'])
  })

  it('runs what is new, and forgets what is gone', async () => {
    const edited = first.replace('exit 1', 'true').replace(does('lint'), does('format')).replace('lint]', 'format]')
    const { code, done, report } = await resumeWith(edited)
    assert.equal(code, 0)
    assert.deepEqual(done, ['deploy', 'format', 'test'])
    assert.deepEqual(
      report.instances.map(({ id, result }) => [id, result]),
      ['build', 'format', 'greet', 'test', 'deploy'].map((id) => [id, 'success']),
    )
  })

  it('keeps nothing when a variable of all changed, and what reads an input when that did', async () => {
    const all = await resumeWith(first.replace('exit 1', 'true').replace('instances:', 'env: { A: "1" }\ninstances:'))
    assert.deepEqual(all.done, ['build', 'deploy', 'greet', 'lint', 'test'])
    const input = await resumeWith(first.replace('exit 1', 'true'), ['--input', 'who=moon'])
    assert.deepEqual(input.done, ['deploy', 'greet', 'test'])
  })

  it('with mistakes is refused, and nothing is lost', async () => {
    using place = createPlace({ 'ci.yml': first })
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', '--quiet'])).code, 1)
    writeFileSync(join(place.path, 'ci.yml'), first.replace('needs: build', 'needs: biuld'))
    const { code, err } = await run(place.path, ['run', '--resume', 'r', '--force', '--quiet'])
    assert.equal(code, 2)
    assert.match(err, /unknown instance `biuld`/)
    writeFileSync(join(place.path, 'ci.yml'), first)
    writeFileSync(join(place.path, 'done.txt'), '')
    assert.equal((await run(place.path, ['run', '--resume', 'r', '--quiet'])).code, 1)
    assert.equal(readFileSync(join(place.path, 'done.txt'), 'utf8'), 'test\n')
  })

  it('goes on in groups and matrices where they are unchanged', async () => {
    const file = (text: string): string => `instances:
  list: { run: "echo 'v=[1,2]' >> \\"$ORCHESTRATOR_OUTPUT\\"; echo list >> done.txt" }
  each:
    needs: list
    strategy: { fail-fast: false, matrix: { v: "\${{ fromJSON(needs.list.outputs.v) }}" } }
    run: echo "each $V" >> done.txt
    env: { V: "\${{ matrix.v }}" }
  steps:
    sequence:
      - { id: one, run: echo one >> done.txt }
      - { id: two, run: ${text} }
      - { id: three, run: echo three >> done.txt }
`
    using place = createPlace({ 'ci.yml': file('exit 1') })
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', '--quiet'])).code, 1)
    writeFileSync(join(place.path, 'done.txt'), '')
    writeFileSync(join(place.path, 'ci.yml'), file('echo two >> done.txt'))
    const { code, err } = await run(place.path, ['run', '--resume', 'r', '--force', '--quiet'])
    assert.equal(code, 0, err)
    assert.equal(readFileSync(join(place.path, 'done.txt'), 'utf8'), 'two\nthree\n')
    const again = await run(place.path, ['run', '--resume', 'r', '--quiet'])
    assert.deepEqual([again.code, again.err], [0, 'The run already succeeded; nothing is left to run.\n'])
  })

  it('keeps the rounds of a repeated sequence that is unchanged, and begins an edited one anew', async () => {
    const file = (check: string, last: string): string => `instances:
  loop:
    repeat: { until: needs.check.result == 'success', max: 2 }
    sequence:
      - { id: fix, run: echo fix >> done.txt }
      - { id: check, run: '${check}', env: { BEFORE: "\${{ previous-round.result }}" } }
  last: { needs: { instance: loop, when: completed }, run: ${last} }
`
    const resumed = async (begun: string, edited: string) => {
      using place = createPlace({ 'ci.yml': begun })
      assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', '--quiet'])).code, 1)
      writeFileSync(join(place.path, 'done.txt'), '')
      writeFileSync(join(place.path, 'ci.yml'), edited)
      const { code, err } = await run(place.path, ['run', '--resume', 'r', '--force', '--quiet'])
      assert.equal(code, 0, err)
      const report: Report = JSON.parse(readFileSync(join(place.path, 'r/run.json'), 'utf8'))
      const done = readFileSync(join(place.path, 'done.txt'), 'utf8')
      return [done, ...report.instances.map(({ id, result }) => `${id} ${result}`)]
    }
    const second = 'test "$BEFORE" != ""'
    assert.deepEqual(await resumed(file(second, 'exit 1'), file(second, 'echo last >> done.txt')), [
      'last\n',
      'loop success',
      'loop.fix success',
      'loop.check failure',
      'loop.fix#2 success',
      'loop.check#2 success',
      'last success',
    ])
    assert.deepEqual(await resumed(file('exit 1', 'true'), file('echo check >> done.txt', 'true')), [
      'check\n',
      'loop success',
      'loop.fix success',
      'loop.check success',
      'last success',
    ])
  })

  it('says what instances used that are gone', async () => {
    const agents = (ids: readonly string[]): string =>
      `instances:\n${ids.map((id) => `  ${id}: { runtime: claude, prompt: Say hi. }\n`).join('')}  last: { run: exit 1 }\n`
    using place = createPlace({ 'ci.yml': agents(['one', 'two']) })
    const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }
    await run(place.path, ['run', 'ci.yml', '--run-dir', 'r', '--quiet', '--simulate'], env)
    const read = () => JSON.parse(readFileSync(join(place.path, 'r/run.json'), 'utf8'))
    const whole = read()
    assert.ok(whole.costUsd > 0)
    writeFileSync(join(place.path, 'ci.yml'), agents(['two']).replace('exit 1', 'true'))
    const resumed = await run(place.path, ['run', '--resume', 'r', '--force', '--simulate'], env)
    assert.equal(resumed.code, 0, resumed.err)
    const rest = read()
    const gone = /No longer counted: ([\d,]+) tokens.*, \\?\$([\d.]+), used by one, which the edited file does not have/
    const summary = readFileSync(join(place.path, 'r/summary.md'), 'utf8')
    for (const text of [resumed.err, summary]) {
      const [, tokens = '', cost = ''] = gone.exec(text) ?? []
      const sum = (of: { usage: Record<string, number> }): number =>
        ['input', 'cacheRead', 'cacheWrite', 'output'].reduce((total, kind) => total + (of.usage[kind] ?? 0), 0)
      assert.equal(Number(tokens.replaceAll(',', '')), sum(whole) - sum(rest), text)
      assert.equal(Number(cost).toFixed(3), (whole.costUsd - rest.costUsd).toFixed(3))
    }
  })
})
