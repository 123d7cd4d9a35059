import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { textLimit } from '../../src/core/event.ts'
import { createRedactor } from '../../src/journal/redactor.ts'
import { assertWithin, startTrial } from './supervise-in-test.ts'

const fixture = (name: string): string => resolve(import.meta.dirname, '../fixtures/process', name)
const hex = (text: string): string => Buffer.from(text).toString('hex')
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex')
const posixOnly = { skip: process.platform === 'win32' && 'needs a POSIX shell' }

describe('an ordinary program', posixOnly, () => {
  it('ends with its code, outputs in their logs', async (t) => {
    const trial = startTrial(t, ['sh', '-c', 'echo out; echo err >&2; exit 7'])
    const exit = await trial.ended
    assert.equal(exit.code, 7)
    assert.equal(exit.signal, null)
    assert.equal(exit.termination, undefined)
    assert.equal(exit.stdoutHead, 'out\n')
    assert.equal(exit.stderrTail, 'err\n')
    assert.deepEqual([exit.stdoutBytes, exit.stderrBytes, exit.swept], [4, 4, 0])
    assert.equal(readFileSync(trial.stdoutFile, 'utf8'), 'out\n')
    assert.equal(readFileSync(trial.stderrFile, 'utf8'), 'err\n')
  })

  it('leaves no log of an output that said nothing', async (t) => {
    const trial = startTrial(t, ['sh', '-c', 'echo only stderr >&2'])
    await trial.ended
    assert.equal(existsSync(trial.stdoutFile), false)
    assert.equal(existsSync(trial.stderrFile), true)
  })

  it('reads its standard input to the end', async (t) => {
    const stdin = 'ü'.repeat(500_000)
    const exit = await startTrial(t, ['sh', '-c', 'wc -c'], { stdin }).ended
    assert.equal(exit.stdoutHead.trim(), '1000000')
  })

  it('may leave its standard input unread', async (t) => {
    const exit = await startTrial(t, ['sh', '-c', 'exec <&-; echo done'], { stdin: 'x'.repeat(4_000_000) }).ended
    assert.equal(exit.code, 0)
    assert.equal(exit.stdoutHead, 'done\n')
  })

  it('has an empty standard input when it is given none', async (t) => {
    const exit = await startTrial(t, ['cat']).ended
    assert.deepEqual([exit.code, exit.stdoutBytes], [0, 0])
  })

  it('inherits nothing of our environment but what it is given, and its mark', async (t) => {
    const trial = startTrial(t, [process.execPath, '-p', 'JSON.stringify(process.env)'], { env: { ONLY: 'this' } })
    const { stdoutHead } = await trial.ended
    assert.deepEqual(JSON.parse(stdoutHead), { ONLY: 'this', ORCHESTRATOR_MARK: trial.mark })
  })

  it('nests its mark in the one it is given', async (t) => {
    const env = { PATH: process.env['PATH'] ?? '', ORCHESTRATOR_MARK: 'outer.3' }
    const trial = startTrial(t, ['sh', '-c', 'echo $ORCHESTRATOR_MARK'], { env })
    assert.equal((await trial.ended).stdoutHead, `outer.3:${trial.mark}\n`)
  })

  it('dies of a signal as it was', async (t) => {
    const exit = await startTrial(t, ['sh', '-c', 'kill -SEGV $$']).ended
    assert.deepEqual([exit.code, exit.signal], [null, 'SIGSEGV'])
  })

  it('names no termination when it was stopped for what it said itself', async (t) => {
    const { supervised, ended } = startTrial(t, ['sleep', '60'])
    supervised.stop()
    const { signal, termination } = await ended
    assert.deepEqual([signal, termination], ['SIGTERM', undefined])
  })

  it('is no longer stopped once it has ended', async (t) => {
    const { supervised, ended } = startTrial(t, ['true'])
    await ended
    supervised.stop('cancelled')
    supervised.stop('cancelled', 'kill')
    assert.equal((await supervised.ended).termination, undefined)
  })

  it('takes a timeout longer than a timer can', async (t) => {
    const exit = await startTrial(t, ['true'], { timeoutMs: 1e12, idleTimeoutMs: 1e12 }).ended
    assert.deepEqual([exit.code, exit.termination], [0, undefined])
  })
})

describe('a program that cannot start', posixOnly, () => {
  it('is not there', async (t) => {
    const { ended } = startTrial(t, ['/nowhere/program'], { onStart: () => assert.fail('it was not started') })
    const exit = await ended
    assert.deepEqual(exit.spawnError, { code: 'ENOENT', detail: 'the program "/nowhere/program" was not found' })
    assert.deepEqual([exit.code, exit.signal], [null, null])
  })

  it('has an argument no program can be given', async (t) => {
    const { spawnError } = await startTrial(t, ['true', 'a\0b']).ended
    assert.match(spawnError?.detail ?? '', /null bytes/)
  })
})

describe('output', posixOnly, () => {
  it('of any bytes is logged as it is, redacted or not', async (t) => {
    const bytes = randomBytes(700_000)
    const source = join(startTrial(t, ['true']).directory, 'source')
    writeFileSync(source, bytes)
    const redactor = createRedactor(['a secret that is not in there'])
    for (const redact of [undefined, () => redactor.stream()]) {
      const trial = startTrial(t, ['cat', source], redact && { redact })
      const exit = await trial.ended
      assert.equal(exit.stdoutBytes, bytes.length)
      assert.equal(sha256(readFileSync(trial.stdoutFile)), sha256(bytes))
    }
  })

  it('comes as lines: LF, CRLF, empty, and a last one without end', async (t) => {
    const { ended, lines } = startTrial(t, ['printf', 'one\\ntwo\\r\\n\\nth\\rree\\n\\r\\nlast'])
    await ended
    assert.deepEqual(lines, ['one', 'two', '', 'th\rree', '', 'last'])
  })

  it('decodes a character that comes in pieces, and replaces what is none', async (t) => {
    const pieces = ['61e2', '82', 'ac62ff', '0af09f', '98800d', '0ac3']
    const { ended, lines } = startTrial(t, ['python3', fixture('in-pieces.py'), ...pieces])
    const exit = await ended
    assert.deepEqual(lines, ['a€b\uFFFD', '😀', '\uFFFD'])
    assert.equal(exit.stdoutHead, 'a€b\uFFFD\n😀\r\n\uFFFD')
  })

  it('asks about a line with all of it, or with 1,024 bytes of a long one, once', async (t) => {
    const asked: number[] = []
    const trial = startTrial(
      t,
      ['python3', fixture('in-pieces.py'), hex('ab'), hex('c\nlong'), hex(`${'x'.repeat(5000)}\nno\nab`)],
      {
        wantsLine: (head) => {
          asked.push(head.length)
          return head[0] !== 0x6e
        },
      },
    )
    await trial.ended
    assert.deepEqual(
      trial.lines.map((line) => line.length),
      [3, 5004, 2],
    )
    assert.equal(asked.length, 4)
    assert.equal(asked[0], 3)
    assert.ok((asked[1] ?? 0) >= 1024)
  })

  it('may hold a wanted line of many megabytes', async (t) => {
    const { ended, lines } = startTrial(t, ['sh', '-c', "head -c 20000000 /dev/zero | tr '\\0' a; echo; echo after"])
    await ended
    assert.deepEqual(
      lines.map((line) => line.length),
      [20_000_000, 5],
    )
  })

  it('with a wanted line over 64 MiB ends the program honestly', async (t) => {
    const { ended, lines } = startTrial(t, ['sh', '-c', "head -c 80000000 /dev/zero | tr '\\0' a; echo; sleep 60"])
    const exit = await ended
    assert.deepEqual(exit.termination, { kind: 'limit', limit: 'output', detail: 'a line of more than 67108864 bytes' })
    assert.deepEqual(lines, [])
  })

  it('shows no secret, wherever it is cut', async (t) => {
    const secret = 'hunter2-correct-horse'
    const redactor = createRedactor([secret])
    const pieces: string[] = []
    for (let cut = 1; cut < secret.length; cut += 4)
      pieces.push(`before ${secret.slice(0, cut)}`, `${secret.slice(cut)} after\n`)
    const trial = startTrial(t, ['python3', fixture('in-pieces.py'), ...pieces.map(hex), hex(secret.slice(0, -1))], {
      redact: () => redactor.stream(),
    })
    const exit = await trial.ended
    const expected = `${'before *** after\n'.repeat(pieces.length / 2)}${secret.slice(0, -1)}`
    assert.equal(readFileSync(trial.stdoutFile, 'utf8'), expected)
    assert.equal(exit.stdoutHead, expected)
    assert.equal(exit.stdoutTail, expected)
  })

  it('is kept in memory only at its ends', async (t) => {
    const exit = await startTrial(t, ['sh', '-c', 'echo first; yes "é middle" | head -c 3000000; echo; echo last'])
      .ended
    assert.ok(exit.stdoutHead.startsWith('first\né middle\n'))
    assert.ok(exit.stdoutHead.length <= textLimit && exit.stdoutHead.length > textLimit - 4)
    assert.ok(exit.stdoutTail.endsWith('é middle\n\nlast\n') || exit.stdoutTail.endsWith('\nlast\n'))
    assertWithin(exit.stdoutTail.length, 10_000, 16_384)
    assert.equal(exit.stdoutTail.includes('\uFFFD'), false)
  })
})

describe('a program that goes on while we are held up', posixOnly, () => {
  /** Blocks us as a stopped process is, until a file is there and so much time has passed. */
  const holdUp = (file: string, ms: number): void => {
    const until = performance.now() + ms
    while (!existsSync(file) || performance.now() < until);
  }

  it('is not idle when its output waits to be read', async (t) => {
    const trial = startTrial(t, ['sh', '-c', 'echo 1; sleep 0.1; echo 2; touch told; read line; exit 3'], {
      stdin: 'line\n',
      idleTimeoutMs: 2000,
    })
    holdUp(join(trial.directory, 'told'), 2500)
    const exit = await trial.ended
    assert.deepEqual([exit.code, exit.termination], [3, undefined])
  })

  it('is not over its time when it has ended within it', async (t) => {
    const trial = startTrial(t, ['sh', '-c', 'touch ended; exit 3'], { timeoutMs: 1000 })
    holdUp(join(trial.directory, 'ended'), 1500)
    const exit = await trial.ended
    assert.deepEqual([exit.code, exit.termination], [3, undefined])
  })
})
