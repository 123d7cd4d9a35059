import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { ShardMatrix } from '../../src/run/shard-matrix.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import { createPlace, run } from './command-line.ts'

const file = `name: split
instances:
  lint: { run: echo linted }
  tests: { run: echo tested }
  sum:
    needs: [lint, tests]
    env: { SAID: "\${{ needs.lint.text }} \${{ needs.tests.text }}" }
    run: echo $SAID
`

describe('a file run in parts at a desk', () => {
  it('is split, run and collected, also twice at once', async () => {
    using place = createPlace({ 'ci.yml': file })
    const planned = await run(place.path, ['plan', 'ci.yml', '--format', 'shards', '--shard-by', 'instance'])
    assert.equal(planned.code, 0, planned.err)
    const { matrix, levels, shards } = JSON.parse(planned.out) as ShardMatrix
    assert.equal(shards, 3)
    assert.deepEqual(
      levels.map(({ include }) => include.map(({ only }) => only)),
      [['lint', 'tests'], ['sum']],
    )
    mkdirSync(join(place.path, 'parts'))
    writeFileSync(join(place.path, 'parts/shards.json'), planned.out)
    for (const { shard, only } of matrix.include) {
      const args = ['--shard', shard, '--only', only, '--fragments', 'parts', '--run-dir', `parts/${shard}`]
      const part = await run(place.path, ['run', 'ci.yml', ...args])
      assert.equal(part.code, 0, part.out + part.err)
    }
    const both = await Promise.all([1, 2].map(() => run(place.path, ['collect', 'ci.yml', '--fragments', 'parts'])))
    for (const { code, out, err } of both) assert.equal(code, 0, out + err)
    const folder = join(place.path, '.orchestrator')
    const reports = readdirSync(folder)
      .filter((name) => /^\d{8}-/.test(name))
      .map((name) => readFileSync(join(folder, name, 'run.json'), 'utf8').replaceAll(join(folder, name), 'HERE'))
    assert.equal(reports.length, 2)
    assert.equal(reports[0], reports[1])
    const { instances } = JSON.parse(reports[0] ?? '') as RunJson
    assert.equal(instances.find(({ id }) => id === 'sum')?.text.trim(), 'linted tested')

    const missing = await run(place.path, ['collect', 'ci.yml', '--fragments', 'parts', '--input', 'x=1'])
    assert.equal(missing.code, 2)
  })

  it('is never green where a part is missing, and says which', async () => {
    using place = createPlace({ 'ci.yml': file })
    const part = await run(place.path, ['run', 'ci.yml', '--shard', 'a', '--only', 'lint', '--run-dir', 'parts/a'])
    assert.equal(part.code, 0, part.err)
    const collected = await run(place.path, ['collect', 'ci.yml', '--fragments', 'parts'])
    assert.equal(collected.code, 1)
    assert.match(collected.out, /tests failure lost: no shard left a result of it/)
    assert.match(collected.out, /sum skipped upstream/)
  })

  it('refuses what makes no sense, by name', async () => {
    using place = createPlace({ 'ci.yml': file })
    const said = async (...args: readonly string[]): Promise<string> => {
      const { code, err } = await run(place.path, args)
      assert.equal(code, 2)
      return err
    }
    assert.match(await said('run', 'ci.yml', '--shard', 'a'), /--shard goes with --only/)
    assert.match(await said('run', 'ci.yml', '--fragments', '.'), /--fragments goes with --shard/)
    assert.match(await said('run', 'ci.yml', '--shard', 'a', '--only', 'lnt'), /--only names lnt/)
    assert.match(
      await said('run', 'ci.yml', '--shard', 'a', '--only', 'lint', '--budget', 'tokens=5'),
      /share of the file's budget, and the file has none/,
    )
    assert.match(await said('collect', 'ci.yml'), /--fragments is missing/)
    assert.match(await said('collect', 'ci.yml', '--fragments', 'nowhere'), /there is no directory nowhere/)
    assert.match(await said('plan', 'ci.yml', '--format', 'shards', '--shard-by', '0'), /`shard-by` must be/)
  })
})
