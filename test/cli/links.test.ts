import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { createPlace, run } from './command-line.ts'

const nightly = `name: nightly
inputs: { code: { default: "0" }, word: { default: first } }
instances:
  audit:
    env: { WORD: "\${{ inputs.word }}", CODE: "\${{ inputs.code }}" }
    run: |
      echo "count=3" >> "$ORCHESTRATOR_OUTPUT"
      echo "found by $WORD"
      exit "$CODE"
  checks: { parallel: { lint: { run: "true" }, types: { run: "true" } } }
`

const use = `name: use
instances:
  read:
    needs: { run: nightly.yml, max-age: 1d }
    env:
      TEXT: \${{ needs.nightly.instances.audit.text }}
      COUNT: \${{ needs.nightly.outputs.audit.count }}
      LINT: \${{ needs.nightly.instances.checks.instances.lint.result }}
    run: printf '%s %s %s' "$TEXT" "$COUNT" "$LINT"
  anyway:
    needs: { run: nightly.yml, max-age: 1d, optional: true }
    env: { HOW: "\${{ needs.nightly.result }}" }
    run: echo "$HOW"
  mend: { needs: { run: nightly.yml, max-age: 1d, when: failure }, run: echo mending }
`

/** Both files in a place; `use` runs the second and answers with its report. */
function open() {
  const place = createPlace({ 'nightly.yml': nightly, 'use.yml': use })
  return {
    ...place,
    nightly: (...args: string[]) => run(place.path, ['run', 'nightly.yml', '--quiet', ...args]),
    async use(...args: string[]) {
      const outcome = await run(place.path, ['run', 'use.yml', '--run-dir', 'used', ...args])
      const report: RunJson = JSON.parse(readFileSync(join(place.path, 'used/run.json'), 'utf8'))
      rmSync(join(place.path, 'used'), { recursive: true })
      const of = (id: string) => report.instances.find((each) => each.id === id)
      return { ...outcome, report, of }
    },
  }
}

describe('a link to another orchestration', () => {
  it('that has no run is an edge which is not taken, with the reason, unless it is optional', async () => {
    using place = open()
    const { code, of, report } = await place.use()
    assert.equal(code, 0)
    assert.equal(of('nightly')?.result, 'skipped')
    assert.equal(of('nightly')?.reason, 'no-run')
    assert.match(
      of('read')?.detail ?? '',
      /edge from nightly not taken \(nightly was skipped: no finished run of nightly/,
    )
    assert.equal(of('read')?.reason, 'upstream')
    assert.equal(of('anyway')?.text, 'skipped\n')
    assert.equal(of('mend')?.result, 'skipped')
    assert.equal(report.result, 'success')
  })

  it('gives the results, texts and outputs of its newest run that finished, and costs nothing', async () => {
    using place = open()
    await place.nightly('--input', 'word=earlier')
    await place.nightly('--input', 'word=later')
    const { code, of, report } = await place.use()
    assert.equal(code, 0)
    assert.equal(of('read')?.text, 'found by later\n 3 success')
    assert.deepEqual(of('nightly')?.outputs, { audit: { count: '3' } })
    assert.equal(report.usage?.input, 0)
  })

  it('whose run failed decides edges and does not fail this run', async () => {
    using place = open()
    assert.equal((await place.nightly('--input', 'code=4')).code, 1)
    const { code, of } = await place.use()
    assert.equal(code, 0)
    assert.equal(of('nightly')?.reason, 'linked-run')
    assert.match(of('read')?.detail ?? '', /nightly failed: 1 instance failed: audit/)
    assert.equal(of('mend')?.text, 'mending\n')
    assert.equal(of('anyway')?.result, 'skipped')
  })

  it('is asked for once: a resumed run has what the first process found', async () => {
    using place = createPlace({
      'nightly.yml': nightly,
      'use.yml': use.replace('printf', 'test -f mended || exit 1; printf'),
    })
    await run(place.path, ['run', 'nightly.yml', '--quiet', '--input', 'word=then'])
    assert.equal((await run(place.path, ['run', 'use.yml', '--quiet', '--run-dir', 'used'])).code, 1)
    await run(place.path, ['run', 'nightly.yml', '--quiet', '--input', 'word=now'])
    writeFileSync(join(place.path, 'mended'), '')
    const resumed = await run(place.path, ['run', '--resume', 'used', '--quiet'])
    assert.equal(resumed.code, 0, resumed.err)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'used/run.json'), 'utf8'))
    assert.match(report.instances.find(({ id }) => id === 'read')?.text ?? '', /^found by then/)
  })

  it('counts no run that is dated in the future where it may be so old', async () => {
    using place = open()
    await place.nightly('--run-dir', '.orchestrator/20260101-000000-0123abcd')
    const path = join(place.path, '.orchestrator/20260101-000000-0123abcd/journal.ndjson')
    const forged = readFileSync(path, 'utf8')
      .replaceAll('{"v":2,', '{"v":1,')
      .replaceAll(/,"sum":"[0-9a-f]{8}"\}$/gm, '}')
      .replaceAll(/"at":\d+/g, `"at":${Date.now() + 3_600_000}`)
    writeFileSync(path, forged)
    const { of } = await place.use()
    assert.equal(of('nightly')?.reason, 'no-run')
    assert.match(of('nightly')?.detail ?? '', /is dated in the future/)
  })

  it('counts no simulated run where this one is real, and one where it is simulated too', async () => {
    using place = open()
    await place.nightly('--simulate')
    assert.equal((await place.use()).of('nightly')?.reason, 'no-run')
    assert.equal((await place.use('--simulate')).of('nightly')?.result, 'success')
  })

  it('is asked for by the first shard of a fan-out; those after it, and the collector, have what that found', async () => {
    using place = open()
    await place.nightly('--input', 'word=then')
    const shard = (name: string, only: string) =>
      run(place.path, [
        'run',
        'use.yml',
        '--shard',
        name,
        '--only',
        only,
        '--fragments',
        'parts',
        '--run-dir',
        `parts/${name}`,
      ])
    await shard('1', 'anyway')
    await place.nightly('--input', 'word=now')
    await shard('2', 'read,mend')
    rmSync(join(place.path, '.orchestrator'), { recursive: true })
    const { code, err } = await run(place.path, ['collect', 'use.yml', '--fragments', 'parts', '--run-dir', 'all'])
    assert.equal(code, 0, err)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'all/run.json'), 'utf8'))
    const of = (id: string) => report.instances.find((each) => each.id === id)
    assert.match(of('read')?.text ?? '', /^found by then/)
    assert.equal(of('nightly')?.result, 'success')
  })

  it('stands in the plan with what it asks for', async () => {
    using place = open()
    const { out } = await run(place.path, ['plan', 'use.yml'])
    assert.match(out, /nightly +\[0\] +newest run of nightly\.yml, at most 24h 00m old/)
    assert.match(out, /anyway .*← nightly \(if there is one\)/)
  })
})
