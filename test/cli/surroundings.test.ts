import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const main = resolve(import.meta.dirname, '../../src/cli/main.ts')
const file = 'name: one\ninstances:\n  a: { run: "true" }\n'
const linuxOnly = { skip: process.platform !== 'linux' && 'needs /proc and /dev/full' }

/** What a line of shell came to; `"$@"` in it is the command line. It is killed when it takes long. */
function shell(cwd: string, line: string) {
  const { status, stderr } = spawnSync('sh', ['-c', line, 'sh', process.execPath, main], {
    cwd,
    encoding: 'utf8',
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  return { code: status, err: stderr }
}

describe('odd surroundings', { concurrency: 2 }, () => {
  it('are told: output that cannot be written is no success', linuxOnly, () => {
    using place = createPlace({ 'ci.yml': file })
    for (const args of ['plan ci.yml --format json', 'run ci.yml --quiet --json']) {
      const { code, err } = shell(place.path, `"$@" ${args} > /dev/full`)
      assert.equal(code, 1, err)
      assert.match(err, /^error: standard output is incomplete: ENOSPC: .*\n$/m)
    }
  })

  it('are told: the current directory was removed', linuxOnly, () => {
    using place = createPlace({ 'gone/ci.yml': file })
    const { code, err } = shell(join(place.path, 'gone'), 'rm -r ../gone; "$@" run ci.yml')
    assert.deepEqual([code, err], [2, 'error: the current directory no longer exists\n'])
  })

  it('are told: a run directory where none can be made', linuxOnly, () => {
    using place = createPlace({ 'ci.yml': file })
    const { code, err } = shell(place.path, '"$@" run ci.yml --run-dir /proc/here')
    assert.equal(code, 2)
    assert.match(err, /^error: cannot make the run directory: ENOENT: .*'\/proc\/here'\n/)
  })

  it('are told: a file that is no text', async () => {
    using place = createPlace({ 'ci.yml': file })
    shell(place.path, String.raw`printf '\377\376n\0' > utf16.yml`)
    const { code, err } = await run(place.path, ['check', 'utf16.yml'])
    assert.deepEqual([code, err], [2, 'error: cannot read utf16.yml: it is not text in UTF-8\n'])
  })

  it('are told: a run directory that cannot be there', async () => {
    using place = createPlace()
    const name = 'x'.repeat(300)
    for (const args of [
      ['report', name],
      ['run', '--resume', name],
    ]) {
      const { code, err } = await run(place.path, args)
      assert.equal(code, 2, err)
      assert.match(err, /^error: there is no run (?:in|directory) x+/)
    }
  })

  it('are told: an option whose value came to nothing', async () => {
    using place = createPlace({ 'ci.yml': file })
    for (const args of [['--run-dir', ''], ['--run-dir=']]) {
      const { code, err } = await run(place.path, ['run', 'ci.yml', ...args])
      assert.deepEqual([code, err.split('\n')[0]], [2, 'error: --run-dir needs a value: --run-dir DIR'])
    }
  })
})
