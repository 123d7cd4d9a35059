import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { createPlace, main } from './command-line.ts'

const wide = `name: wide\ninstances:\n${Array.from({ length: 12 }, (_, at) => `  n${at}: { command: [/bin/true] }\n`).join('')}`

/** A run of the file by a process that may have so many files open. */
function runWith(files: number, cwd: string): { readonly code: number | null; readonly said: string } {
  const script = `ulimit -n ${files}; exec "$0" "$@"`
  const args = ['-c', script, process.execPath, main, 'run', 'ci.yml', '--max-parallel', '8']
  const { status, stdout, stderr } = spawnSync('/bin/sh', args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd },
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

describe('a process that may open few files', { skip: process.platform === 'win32' && 'has no such limit' }, () => {
  it('runs all there is, or says that it may open no more, and never calls it a bug', () => {
    const ends = new Set<number | null>()
    for (const files of [26, 30, 34, 40, 128]) {
      using place = createPlace({ 'ci.yml': wide })
      const { code, said } = runWith(files, place.path)
      assert.doesNotMatch(said, /this is a bug|^ {4}at /m, `${files} files`)
      if (code !== 0)
        assert.match(said, /EMFILE|too many open files|out of processes, files or memory/, `${files} files`)
      ends.add(code)
    }
    assert.ok(ends.has(0) && ends.has(1), `ended with ${[...ends].join(', ')}`)
  })
})
