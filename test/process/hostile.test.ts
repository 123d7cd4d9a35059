import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { assertWithin, startTrial } from './supervise-in-test.ts'

const fixture = (name: string): string => resolve(import.meta.dirname, '../fixtures/process', name)
const linux = process.platform === 'linux'
const posixOnly = { skip: process.platform === 'win32' && 'needs a POSIX shell' }
const linuxOnly = { skip: !linux && 'marks and limits are read from /proc' }

describe('a program that will not end', posixOnly, () => {
  it('ignores TERM and is killed after the grace', async (t) => {
    const { ended } = startTrial(t, ['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'], {
      timeoutMs: 250,
    })
    const exit = await ended
    assert.deepEqual(exit.termination, { kind: 'timeout', limit: 'wall', afterMs: 250 })
    assert.equal(exit.signal, 'SIGKILL')
    assertWithin(exit.durationMs, 540, 1500)
    assert.equal(exit.stdoutHead, 'ready\n')
  })

  it('uses the grace to clean up, and so do its children after it', async (t) => {
    const wait = 'while :; do sleep 0.02; done'
    const child = `trap "sleep 0.2; echo child > cleaned; exit" TERM; echo ready; exec >/dev/null 2>&1; ${wait}`
    const trial = startTrial(t, ['sh', '-c', `trap "echo parent; exit 9" TERM; sh -c '${child}' & ${wait}`], {
      graceMs: 3000,
      onLine: (line) => {
        trial.lines.push(line)
        if (line === 'ready') trial.supervised.stop('cancelled')
      },
    })
    const exit = await trial.ended
    assert.deepEqual(exit.termination, { kind: 'stopped', cause: 'cancelled' })
    assert.equal(exit.code, 9)
    assert.deepEqual(trial.lines, ['ready', 'parent'])
    assert.equal(readFileSync(join(trial.directory, 'cleaned'), 'utf8'), 'child\n')
    assert.equal(exit.swept, 0)
    assertWithin(exit.durationMs, 0, 1500)
  })

  it('is killed without a grace when asked so', async (t) => {
    const trial = startTrial(t, ['sh', '-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'], {
      graceMs: 60_000,
      onLine: () => {
        trial.supervised.stop('budget')
        trial.supervised.stop('budget', 'kill')
      },
    })
    const exit = await trial.ended
    assert.deepEqual(exit.termination, { kind: 'stopped', cause: 'budget' })
    assertWithin(exit.durationMs, 0, 1500)
  })

  it('closes its outputs and lives on', async (t) => {
    const exit = await startTrial(t, ['sh', '-c', 'exec >&- 2>&-; sleep 60'], { timeoutMs: 250 }).ended
    assert.deepEqual(exit.termination, { kind: 'timeout', limit: 'wall', afterMs: 250 })
    assertWithin(exit.durationMs, 240, 1500)
  })

  it('prints half a line and stops', async (t) => {
    const { ended, lines } = startTrial(t, ['sh', '-c', 'echo whole; printf "half a li"; sleep 60'], {
      idleTimeoutMs: 250,
    })
    const exit = await ended
    assert.deepEqual(exit.termination, { kind: 'timeout', limit: 'idle', afterMs: 250 })
    assertWithin(exit.durationMs, 250, 1500)
    assert.deepEqual(lines, ['whole', 'half a li'])
  })

  it('is not idle while it prints', async (t) => {
    const script = 'for i in 1 2 3 4 5; do echo $i; sleep 0.3; done'
    const exit = await startTrial(t, ['sh', '-c', script], { idleTimeoutMs: 1000 }).ended
    assert.equal(exit.termination, undefined)
    assert.equal(exit.code, 0)
  })
})

describe('descendants', linuxOnly, () => {
  it('that fork twice and leave the session are swept', async (t) => {
    const exit = await startTrial(t, ['python3', fixture('double-fork.py')]).ended
    assert.equal(exit.code, 0)
    assert.equal(exit.swept, 1)
    assert.equal(exit.stdoutHead, 'detached\n')
    assert.equal(exit.termination, undefined)
  })

  it('that become another program at this very moment are swept', async (t) => {
    for (let round = 0; round < 40; round++) {
      const exit = await startTrial(t, ['sh', '-c', 'setsid sleep 60 >/dev/null 2>&1 & exit 0']).ended
      assert.equal(exit.swept, 1)
    }
  })

  it('that outlive a killed parent in sessions of their own are swept', async (t) => {
    const script = 'for i in 1 2 3; do setsid sh -c "echo up; sleep 60" & done; wait'
    const trial = startTrial(t, ['sh', '-c', script], {
      onLine: (line) => {
        if (trial.lines.push(line) === 3) trial.supervised.stop('cancelled', 'kill')
      },
    })
    const exit = await trial.ended
    assert.equal(exit.signal, 'SIGKILL')
    assert.ok(exit.swept >= 3 && exit.swept <= 6, `swept ${exit.swept}`)
  })

  it('that hold the pipe get a second, then the exit is told as it was', async (t) => {
    const startedAt = performance.now()
    const exit = await startTrial(t, ['sh', '-c', 'sleep 60 & echo bye; exit 3']).ended
    assertWithin(performance.now() - startedAt, 990, 10_000)
    assert.equal(exit.code, 3)
    assert.equal(exit.swept, 1)
    assert.equal(exit.stdoutHead, 'bye\n')
    assert.ok(exit.durationMs < 900, 'the duration is that of the program')
  })

  it('that still print within the second are heard', async (t) => {
    const { ended, lines } = startTrial(t, ['sh', '-c', '(sleep 0.2; echo late) & exit 0'])
    const exit = await ended
    assert.equal(exit.swept, 0)
    assert.deepEqual(lines, ['late'])
  })

  it('that each start another and end at once are swept, while others do the same', async (t) => {
    for (let round = 0; round < 8; round++)
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          const { ended, directory } = startTrial(t, ['perl', fixture('relay.pl')])
          assert.equal((await ended).code, 0)
          assert.equal(spawnSync('flock', ['--nonblock', join(directory, 'lock'), 'true']).status, 0, 'none is left')
        }),
      )
  })

  it('of another attempt stay alive', async (t) => {
    const other = startTrial(t, ['sh', '-c', 'echo ready; sleep 60'], { mark: 'outer-test.10' })
    const exit = await startTrial(t, ['sh', '-c', 'setsid sleep 60 >/dev/null 2>&1 &'], { mark: 'outer-test.1' }).ended
    assert.equal(exit.swept, 1)
    other.supervised.stop('cancelled')
    assert.equal((await other.ended).signal, 'SIGTERM')
  })
})

describe('limits', linuxOnly, () => {
  it('end a program that allocates until it is killed', async (t) => {
    const exit = await startTrial(t, ['python3', fixture('allocate.py')], { limits: { memoryBytes: 100 << 20 } }).ended
    assert.equal(exit.termination?.kind === 'limit' && exit.termination.limit, 'memory')
    assert.match(JSON.stringify(exit.termination), /\d+ MiB of memory, 100 MiB allowed/)
    assert.equal(exit.signal, 'SIGKILL')
    assertWithin(exit.durationMs, 50, 4000)
  })

  it('end a program that starts 300 processes where 50 are allowed', async (t) => {
    const script = 'i=0; while [ $i -lt 300 ]; do sleep 60 & i=$((i+1)); done; wait'
    const exit = await startTrial(t, ['sh', '-c', script], { limits: { processes: 50 } }).ended
    assert.equal(exit.termination?.kind === 'limit' && exit.termination.limit, 'processes')
    assert.match(JSON.stringify(exit.termination), /\d+ processes, 50 allowed/)
    assertWithin(exit.durationMs, 50, 3000)
  })

  it('end a program that burns CPU time, its children counted', async (t) => {
    const exit = await startTrial(t, ['sh', '-c', 'sh -c "while :; do :; done" & while :; do :; done'], {
      limits: { cpuMs: 300 },
    }).ended
    assert.equal(exit.termination?.kind === 'limit' && exit.termination.limit, 'cpu')
    assertWithin(exit.durationMs, 100, 4000)
  })

  it('end a flood, whatever it does with TERM', async (t) => {
    const { ended, stdoutFile } = startTrial(t, ['sh', '-c', 'trap "" TERM; yes'], {
      limits: { outputBytes: 5_000_000 },
      wantsLine: () => false,
    })
    const exit = await ended
    assert.deepEqual(exit.termination, { kind: 'limit', limit: 'output', detail: 'more than 5000000 bytes of output' })
    assertWithin(exit.durationMs, 10, 3000)
    assert.ok(statSync(stdoutFile).size <= 5_000_000)
  })

  it('leave a program alone that keeps them', async (t) => {
    const limits = { memoryBytes: 1 << 30, processes: 50, cpuMs: 60_000, outputBytes: 1000 }
    const exit = await startTrial(t, ['sh', '-c', 'sleep 0.4; echo fine'], { limits }).ended
    assert.equal(exit.termination, undefined)
    assert.equal(exit.code, 0)
  })
})

describe('a full disk', () => {
  it(
    'ends the program and says so',
    { skip: canMount() ? false : 'needs root on Linux to mount a small tmpfs' },
    async (t) => {
      const disk = mkdtempSync(join(tmpdir(), 'full-disk-'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', disk])
      t.after(() => {
        execFileSync('umount', [disk])
        rmSync(disk, { recursive: true })
      })
      const exit = await startTrial(t, ['sh', '-c', 'yes "a line of a log"; echo unreachable'], {
        stdoutFile: join(disk, 'stdout.log'),
      }).ended
      assert.deepEqual(exit.logError, { file: join(disk, 'stdout.log'), code: 'ENOSPC' })
      assert.equal(exit.signal, 'SIGTERM')
      assertWithin(exit.durationMs, 0, 3000)
      assert.ok(exit.stdoutTail.endsWith('a line of a log\n'), 'the end of the output is still told')
    },
  )

  it('or a missing folder, likewise', async (t) => {
    const exit = await startTrial(t, ['sh', '-c', 'echo one; sleep 60'], { stdoutFile: '/nowhere/stdout.log' }).ended
    assert.deepEqual(exit.logError, { file: '/nowhere/stdout.log', code: 'ENOENT' })
    assertWithin(exit.durationMs, 0, 2000)
  })
})

describe('a flood of 1 GB', posixOnly, () => {
  it('is logged whole, in flat memory', async (t) => {
    const before = process.resourceUsage().maxRSS
    const line = 'x'.repeat(499)
    const { ended, stdoutFile } = startTrial(t, ['sh', '-c', `yes ${line} | head -c 1000000000`], {
      wantsLine: () => false,
    })
    const exit = await ended
    assert.equal(exit.stdoutBytes, 1_000_000_000)
    assert.equal(statSync(stdoutFile).size, 1_000_000_000)
    assertWithin(exit.durationMs, 0, 30_000)
    assert.ok(
      process.resourceUsage().maxRSS - before < 48 * 1024,
      `grew by ${process.resourceUsage().maxRSS - before} KiB`,
    )
  })
})

function canMount(): boolean {
  return linux && process.getuid?.() === 0
}
