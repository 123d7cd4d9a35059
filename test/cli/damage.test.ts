import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, main, run } from './command-line.ts'

const file = `name: two
instances:
  first: { run: "echo first >> order; echo where=$PWD >> $ORCHESTRATOR_OUTPUT" }
  second: { needs: first, run: "echo second >> order; test -e may-end" }
`

describe('a damaged journal', () => {
  it('is refused by file and line, and resumed from what is whole with --salvage', async () => {
    using place = createPlace({ 'ci.yml': file })
    const directory = join(place.path, 'run')
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', directory])).code, 1)
    const journal = join(directory, 'journal.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const at = lines.findIndex((line) => line.includes('"attempt.started"') && line.includes('"second"'))
    writeFileSync(journal, lines.with(at, (lines[at] ?? '').replace('second', 'secone')).join('\n'))
    const named = `${journal}:${at + 1}: its checksum is wrong: the line is damaged`

    for (const args of [
      ['report', directory],
      ['report', directory, '--format', 'json'],
      ['run', '--resume', directory],
    ]) {
      const { code, out, err } = await run(place.path, args)
      assert.deepEqual([code, out], [2, ''], args.join(' '))
      assert.ok(err.includes(named), err)
      assert.doesNotMatch(err, /\n +at /)
    }

    writeFileSync(join(place.path, 'may-end'), '')
    const { code, err } = await run(place.path, ['run', '--resume', directory, '--salvage'])
    assert.equal(code, 0, err)
    assert.match(err, new RegExp(`Left out: line ${at + 1}: its checksum is wrong`))
    assert.match(
      err,
      new RegExp(`Resuming from the ${lines.length - 2} undamaged events; the original journal: .*damaged-1`),
    )
    assert.equal(readFileSync(join(place.path, 'order'), 'utf8'), 'first\nsecond\nsecond\n')
    assert.equal((await run(place.path, ['report', directory])).code, 0)
  })

  it('keeps what succeeded behind the damage, and runs again what builds on what was lost', async () => {
    const plan = `name: many
instances:
  before: { run: "echo before >> order" }
  lost: { needs: before, run: "echo lost >> order" }
  built: { needs: lost, run: "echo built >> order" }
  apart: { needs: before, run: "echo apart >> order" }
  last: { needs: [built, apart], run: "echo last >> order; test -e may-end" }
`
    for (const type of ['attempt.ended', 'instance.ended', 'attempt.started']) {
      using place = createPlace({ 'ci.yml': plan })
      assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'run', '--max-parallel', '1'])).code, 1)
      const journal = join(place.path, 'run/journal.ndjson')
      const lines = readFileSync(journal, 'utf8').split('\n')
      const at = lines.findIndex((line) => line.includes(`"type":"${type}","id":"lost"`))
      writeFileSync(journal, lines.with(at, (lines[at] ?? '').replace('lost', 'cost')).join('\n'))
      writeFileSync(join(place.path, 'may-end'), '')
      writeFileSync(join(place.path, 'order'), '')
      const { code, err } = await run(place.path, ['run', '--resume', 'run', '--salvage'])
      assert.equal(code, 0, err)
      const again = readFileSync(join(place.path, 'order'), 'utf8')
      assert.equal(again, type === 'attempt.ended' ? 'lost\nbuilt\nlast\n' : 'last\n', type)
      if (type !== 'attempt.ended') continue
      assert.match(err, /lost had succeeded and runs again: the end of an attempt was in a damaged line/)
      assert.match(err, /built had succeeded and runs again: it builds on lost, which runs again/)
      assert.doesNotMatch(err, /(apart|before) had succeeded/)
    }
  })

  it('is said when a program of the run damages it, and the run is no success', async () => {
    for (const damage of [': > run/journal.ndjson', 'rm -r run']) {
      using place = createPlace({
        'ci.yml': `name: x\ninstances:\n  a: { run: "${damage}" }\n  b: { needs: a, run: "true" }\n`,
      })
      const { code, err } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])
      assert.equal(code, 1)
      assert.match(err, /the run was stopped: another program changed or removed it during the run/)
    }
  })
})

describe('a run directory that was moved', () => {
  it('is resumed with the paths it has now', async () => {
    const plan = `name: moved
instances:
  first: { run: "echo text" }
  second: { needs: first, run: "test -e may-end; cat \\"$OUT\\"", env: { OUT: "\${{ needs.first.stdout-file }}" } }
`
    using place = createPlace({ 'ci.yml': plan })
    assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])).code, 1)
    renameSync(join(place.path, 'run'), join(place.path, 'elsewhere'))
    writeFileSync(join(place.path, 'may-end'), '')
    const { code, out, err } = await run(place.path, ['run', '--resume', 'elsewhere'])
    assert.equal(code, 0, out + err)
    assert.equal(readFileSync(join(place.path, 'elsewhere/logs/second.2.stdout.log'), 'utf8'), 'text\n')
  })
})

describe('a machine without /proc', { skip: canHideProc() ? false : 'no namespace of mounts can be made here' }, () => {
  it('has its runs say that programs which left their group could not be looked for', async () => {
    using place = createPlace({ 'ci.yml': 'name: x\ninstances: { a: { run: "true" } }\n' })
    const script = 'mount -t tmpfs none /proc && exec "$@"'
    const args = ['-m', 'sh', '-c', script, 'sh', process.execPath, main, 'run', 'ci.yml']
    const out = execFileSync('unshare', args, { cwd: place.path, encoding: 'utf8' })
    assert.match(out, /left their process group could not be searched for/)
    assert.match(out, /x success/)
  })
})

describe(
  'a run that is resumed on a machine without /proc',
  {
    skip: canHideProc() ? false : 'no namespace of mounts can be made here',
  },
  () => {
    it('says that what it had started before could not be looked for', async () => {
      using place = createPlace({ 'ci.yml': 'name: x\ninstances: { a: { run: "test -e may-end" } }\n' })
      assert.equal((await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'])).code, 1)
      writeFileSync(join(place.path, 'may-end'), '')
      const script = 'mount -t tmpfs none /proc && exec "$@"'
      const args = ['-m', 'sh', '-c', script, 'sh', process.execPath, main, 'run', '--resume', 'run']
      const out = execFileSync('unshare', args, { cwd: place.path, encoding: 'utf8' })
      assert.match(out, /What this run started earlier could not be searched for and may still be running/)
      assert.match(out, /x success/)
    })
  },
)

function canHideProc(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/proc'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
