import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { describe, it } from 'node:test'
import { runProgram } from '../../src/process/run-program.ts'

const options = { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '' }, timeoutMs: 10_000 }
const node = process.execPath

describe('a helper command', () => {
  it('gives its code and its outputs', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3'
    assert.deepEqual(await runProgram([node, '-e', script], options), {
      code: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
    })
  })

  it('reads what it is given, and may leave it unread', async () => {
    const echo = 'process.stdin.pipe(process.stdout)'
    assert.equal((await runProgram([node, '-e', echo], { ...options, stdin: 'größer' })).stdout, 'größer')
    assert.equal((await runProgram([node, '-e', echo], options)).stdout, '')
    const unread = await runProgram([node, '-e', 'process.exit(0)'], { ...options, stdin: 'x'.repeat(4_000_000) })
    assert.equal(unread.code, 0)
  })

  it('is killed when it takes too long', async () => {
    const result = await runProgram([node, '-e', 'setInterval(() => {}, 1000)'], { ...options, timeoutMs: 200 })
    assert.deepEqual([result.code, result.signal], [null, 'SIGKILL'])
  })

  it('that cannot start says so', async () => {
    assert.deepEqual(await runProgram(['/nowhere/git', 'status'], options), {
      code: null,
      signal: null,
      stdout: '',
      stderr: 'ENOENT',
    })
    assert.match((await runProgram([node, 'a\0b'], options)).stderr, /ERR_INVALID_ARG_VALUE/)
  })
})
