import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { describe, it } from 'node:test'
import { readStat } from '../../src/process/proc.ts'
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
    assert.equal(result.stderr, 'not finished after 200 ms')
  })

  it('takes along what it started when it takes too long, whatever session that moved to', async (t) => {
    if (process.platform !== 'linux') return t.skip('there are no marks to read')
    const script = 'setsid sh -c "echo \\$\\$; exec sleep 300" & sleep 300'
    const result = await runProgram(['sh', '-c', script], { ...options, timeoutMs: 500 })
    assert.equal(result.signal, 'SIGKILL')
    assert.match(result.stdout, /^\d+\n$/)
    assert.notEqual(readStat(Number(result.stdout))?.zombie, false)
  })

  it('has ended when it has ended, though what it started keeps its outputs open', async (t) => {
    if (process.platform === 'win32') return t.skip('there is no sh')
    const result = await runProgram(['sh', '-c', 'sleep 300 & echo $!'], options)
    assert.equal(result.code, 0)
    assert.match(result.stdout, /^\d+\n$/)
    assert.notEqual(readStat(Number(result.stdout))?.zombie, false)
  })

  it('keeps every byte of its output where that is asked for', async () => {
    const script = 'process.stdout.write(Buffer.from([0, 0xff, 0xc3, 0x0a]))'
    const result = await runProgram([node, '-e', script], { ...options, encoding: 'latin1' })
    assert.equal(result.stdout, '\u0000\u00ff\u00c3\n')
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
