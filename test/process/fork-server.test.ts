import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createForkServer, type ForkServer } from '../../src/process/fork-server.ts'
import { hasInterpreter } from '../../src/process/interpreter.ts'
import { readStat } from '../../src/process/proc.ts'
import { createStarter } from '../../src/process/starter.ts'
import { processesMarked, startTrial } from './supervise-in-test.ts'

const skip = hasInterpreter() ? false : 'there are no fork servers here'
let servers = 0

/** A fork server, closed after the test; nothing of it is alive then. */
function openServer(t: TestContext): { server: ForkServer; mark: string; lost: Promise<void> } {
  const mark = `fork-server-${process.pid}-${servers++}`
  const lost = Promise.withResolvers<void>()
  const server = createForkServer(mark, () => lost.resolve())
  t.after(async () => {
    server.close()
    await allGone(mark)
  })
  return { server, mark, lost: lost.promise }
}

/** The processes that carry the mark. */
function pidsMarked(mark: string): number[] {
  return processesMarked(mark).map((line) => Number(line.split(' ')[0]))
}

/** Kills the processes that carry the mark and comes back when they have let go of everything. */
function killMarked(mark: string): void {
  const pids = pidsMarked(mark)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  while (pids.some((pid) => readStat(pid)?.zombie === false));
}

/** Waits until no process carries the mark. */
async function allGone(mark: string): Promise<void> {
  while (processesMarked(mark).length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** What a supervised program came to that a fork server had to start. */
function run(
  t: TestContext,
  server: ForkServer,
  argv: readonly string[],
  options: Parameters<typeof startTrial>[2] = {},
): ReturnType<typeof startTrial> {
  return startTrial(t, argv, {
    ...options,
    async start(spawn, mark) {
      const child = await server.start(spawn, mark)
      assert.ok(child !== undefined, 'the fork server starts it')
      return child
    },
  })
}

describe('a program that a fork server starts', { skip }, () => {
  it('has its arguments, environment, directory and outputs as they were asked for', async (t) => {
    const { server } = openServer(t)
    const directory = mkdtempSync(join(tmpdir(), 'fork-server-'))
    t.after(() => rmSync(directory, { recursive: true }))
    const script = 'printf "%s|" "$@" "$(pwd)" "$X"; env | sort | cut -d= -f1 | tr "\\n" " " >&2; cat'
    const odd = ['', 'a \'b\' "c"', '$(false) `x` ; |', 'line\nbreak', 'ünï 🎉', '-e']
    const trial = run(t, server, ['/bin/sh', '-c', script, 'sh', ...odd], {
      cwd: directory,
      env: { PATH: '/usr/bin:/bin', X: 'a=b=c $HOME' },
    })
    const exit = await trial.ended
    assert.deepEqual([exit.code, exit.signal, exit.swept], [0, null, 0])
    assert.equal(readFileSync(trial.stdoutFile, 'utf8'), [...odd, directory, 'a=b=c $HOME', ''].join('|'))
    assert.equal(exit.stderrTail, 'ORCHESTRATOR_MARK PATH PWD X ')
  })

  it('tells exit codes and signals apart', async (t) => {
    for (const [script, code, signal] of [
      ['exit 137', 137, null],
      ['kill -9 $$', null, 'SIGKILL'],
      ['exit 255', 255, null],
      ['kill -TERM $$', null, 'SIGTERM'],
    ] as const) {
      const { server } = openServer(t)
      const { ended } = run(t, server, ['/bin/sh', '-c', script])
      const exit = await ended
      assert.deepEqual([exit.code, exit.signal], [code, signal], script)
    }
  })

  it('that does not exist, may not be executed or has no directory is an error, as without one', async (t) => {
    const { server } = openServer(t)
    for (const [argv, cwd, code] of [
      [['/no/such/program'], '/', 'ENOENT'],
      [['/etc/passwd'], '/', 'EACCES'],
      [['/bin/true'], '/no/such/directory', 'ENOENT'],
    ] as const) {
      const { ended } = run(t, server, argv, { cwd })
      assert.equal((await ended).spawnError?.code, code)
    }
  })

  it('keeps every byte of a large output, and is not read faster than it can be written', async (t) => {
    const { server } = openServer(t)
    const { ended } = run(t, server, ['/bin/sh', '-c', 'head -c 30000000 /dev/zero; head -c 70000 /dev/zero >&2'])
    const exit = await ended
    assert.deepEqual([exit.stdoutBytes, exit.stderrBytes], [30_000_000, 70_000])
  })

  it('is stopped by TERM at any moment, also before it has begun', async (t) => {
    for (let round = 0; round < 20; round++) {
      const { server } = openServer(t)
      const { supervised, ended } = run(t, server, ['/bin/sleep', '60'])
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, round / 10))
      supervised.stop('cancelled')
      assert.equal((await ended).signal, 'SIGTERM')
    }
  })

  it('is stopped by KILL after the grace, with what it detached', async (t) => {
    const { server } = openServer(t)
    const script = 'trap "" TERM; setsid sleep 60 & echo on; while :; do sleep 1; done'
    const trial = run(t, server, ['/bin/sh', '-c', script], { onLine: () => trial.supervised.stop('cancelled') })
    const exit = await trial.ended
    assert.deepEqual([exit.signal, exit.termination?.kind], ['SIGKILL', 'stopped'])
    assert.ok(exit.swept >= 1)
  })

  it('is held to its limits', async (t) => {
    const { server } = openServer(t)
    const allocate = resolve(import.meta.dirname, '../fixtures/process/allocate.py')
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
    const { ended } = run(t, server, [python, allocate], { limits: { memoryBytes: 100 << 20 }, timeoutMs: 10_000 })
    const { termination } = await ended
    assert.equal(termination?.kind === 'limit' && termination.limit, 'memory')
  })

  it('is not let live when the fork server is killed', async (t) => {
    const { server, mark, lost } = openServer(t)
    const started = Promise.withResolvers<number>()
    const trial = run(t, server, ['/bin/sleep', '60'], { onStart: started.resolve })
    await started.promise
    killMarked(mark)
    await lost
    assert.equal((await trial.ended).signal, 'SIGKILL')
  })

  it('is nobody’s business when the request cannot be told', async (t) => {
    const { server } = openServer(t)
    assert.equal(await server.start({ env: {}, cwd: '/', argv: ['/bin/echo', 'a\0b'] }, 'mark'), undefined)
    const exit = await run(t, server, ['/bin/true']).ended
    assert.equal(exit.code, 0)
  })

  it('may have more arguments than a pipe holds, and not more than the system takes', async (t) => {
    const { server } = openServer(t)
    const long = Array.from({ length: 10 }, () => 'x'.repeat(100_000))
    const exit = await run(t, server, ['/bin/sh', '-c', 'printf "%s" "$*" | wc -c', 'sh', ...long]).ended
    assert.equal(exit.stdoutTail, '1000009\n')
    const refused = await run(t, server, ['/bin/echo', 'x'.repeat(200_000)]).ended
    assert.equal(refused.spawnError?.code, 'E2BIG')
  })

  it('has nothing of the environment of the one before', async (t) => {
    const { server } = openServer(t)
    for (const [env, said] of [
      [{ A: '1', B: 'x', PATH: '/bin' }, 'A=1,B=x,PATH=/bin,'],
      [{ A: '', C: 'y=z', PATH: '/bin' }, 'A=,C=y=z,PATH=/bin,'],
      [{ B: 'line\nbreak', PATH: '/bin' }, 'B=line,PATH=/bin,break,'],
    ] as const) {
      const script = 'env | grep -v -e ^ORCH -e ^PWD | sort | tr "\\n" ,'
      const exit = await run(t, server, ['/bin/sh', '-c', script], { env }).ended
      assert.equal(exit.stdoutTail, said)
    }
  })

  it('is not mixed up with the others that run', async (t) => {
    const { server } = openServer(t)
    const ends: Promise<void>[] = []
    for (let at = 0; at < 60; at++) {
      const script = `sleep 0.0${at % 7}; printf ${at}; echo '${'y'.repeat(at)}' >&2; exit ${at}`
      const trial = run(t, server, ['/bin/sh', '-c', script])
      const look = async (): Promise<void> => {
        const exit = await trial.ended
        assert.deepEqual([exit.code, exit.stdoutTail, exit.stderrTail], [at, String(at), `${'y'.repeat(at)}\n`])
      }
      ends.push(look())
    }
    await Promise.all(ends)
  })

  it('is over although it ended before we were told that it had begun', async (t) => {
    const { server } = openServer(t)
    await run(t, server, ['/bin/true']).ended
    // The server takes in all that has come before it answers.
    for (let round = 0; round < 10; round++) {
      const trials = Array.from({ length: 16 }, () => run(t, server, ['/bin/true']))
      for (const { ended } of trials) assert.equal((await ended).code, 0)
    }
  })

  it('is not started by a server that was killed before, nor waited for', async (t) => {
    const { server, mark, lost } = openServer(t)
    killMarked(mark)
    const early = server.start({ env: {}, cwd: '/', argv: ['/bin/true'] }, 'mark')
    await lost
    assert.equal(await early, undefined)
    assert.equal(await server.start({ env: {}, cwd: '/', argv: ['/bin/true'] }, 'mark'), undefined)
  })
})

describe('a starter', { skip }, () => {
  it('has all programs started by its fork server, also those that read input', async (t) => {
    const mark = `starter-many-${process.pid}`
    const starter = createStarter(mark, assert.fail)
    t.after(() => starter.close())
    const parents = new Set<number>()
    const start = async (): Promise<void> => {
      const onStart = (pid: number): void => {
        const stat = readStat(pid)
        if (stat !== undefined) parents.add(stat.parent)
      }
      const trial = startTrial(t, ['/bin/cat'], { start: starter.start, onStart, stdin: 'read' })
      assert.equal((await trial.ended).code, 0)
    }
    for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 40 }, start))
    assert.deepEqual([...parents], pidsMarked(mark))
  })

  it('goes on with another fork server when one was killed, and ends with all of them', async (t) => {
    const mark = `starter-again-${process.pid}`
    const starter = createStarter(mark, assert.fail)
    const end = async (): Promise<number | null> => {
      const { ended } = startTrial(t, ['/bin/sh', '-c', 'exit 3'], { start: starter.start })
      const { code } = await ended
      return code
    }
    for (let round = 0; round < 3; round++) {
      assert.equal(await end(), 3)
      assert.equal(pidsMarked(mark).length, 1)
      killMarked(mark)
    }
    assert.equal(await end(), 3)
    await starter.close()
    await allGone(mark)
    assert.equal(await end(), 3)
  })

  it('says that a fork server was killed while programs ran, and what ran is lost, not failed', async (t) => {
    const mark = `starter-lost-${process.pid}`
    const told = Promise.withResolvers<void>()
    const starter = createStarter(mark, told.resolve)
    t.after(() => starter.close())
    const started = Promise.withResolvers<number>()
    const trial = startTrial(t, ['/bin/sleep', '60'], { start: starter.start, onStart: started.resolve })
    await started.promise
    killMarked(mark)
    assert.equal((await trial.ended).lost, 'the process that had started it was killed')
    await told.promise
  })
})

describe('a program that turns on its fork server', { skip }, () => {
  it('cannot end it by any signal that can be caught', async (t) => {
    const { server } = openServer(t)
    const script =
      'for s in TERM INT HUP QUIT USR1 USR2 ALRM PIPE TSTP TTIN XCPU ABRT; do kill -$s $PPID; done; echo $PPID'
    const first = await run(t, server, ['/bin/sh', '-c', script]).ended
    const second = await run(t, server, ['/bin/sh', '-c', 'echo $PPID']).ended
    assert.deepEqual([first.code, first.lost, first.stdoutTail], [0, undefined, second.stdoutTail])
  })

  it('cannot hold up others by stopping it', async (t) => {
    const { server } = openServer(t)
    const stopper = run(t, server, ['/bin/sh', '-c', 'kill -STOP $PPID; exit 4'])
    const other = run(t, server, ['/bin/sh', '-c', 'exit 5'])
    assert.deepEqual([(await stopper.ended).code, (await other.ended).code], [4, 5])
  })

  it('leaves no stopped server behind when the run ends', async (t) => {
    const { server, mark } = openServer(t)
    await run(t, server, ['/bin/sh', '-c', 'exit 0']).ended
    const [pid = 0] = pidsMarked(mark)
    process.kill(pid, 'SIGSTOP')
    const closed = server.close()
    process.kill(pid, 'SIGSTOP')
    await closed
    await allGone(mark)
  })

  it('is ended by its timeout although it stops the server again and again', async (t) => {
    const { server } = openServer(t)
    const stopper = run(t, server, ['/bin/sh', '-c', 'while :; do kill -STOP $PPID; done'], { timeoutMs: 200 })
    assert.equal((await stopper.ended).termination?.kind, 'timeout')
  })

  it('passes no handled signal on to what it starts', async (t) => {
    const { server } = openServer(t)
    const { ended } = run(t, server, ['/bin/sh', '-c', 'grep -E "^Sig(Ign|Blk)" /proc/self/status'])
    const lines = (await ended).stdoutTail.trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => Number(line.split('\t')[1])),
      [0, 0],
    )
  })

  it('does not leave behind what dropped its whole environment and its session', async (t) => {
    const { server } = openServer(t)
    const script = 'env -i setsid sleep 61.5 > /dev/null 2>&1 & sleep 0.1'
    const exit = await run(t, server, ['/bin/sh', '-c', script]).ended
    assert.deepEqual([exit.code, exit.swept], [0, 1])
  })

  it('has what it left behind, while others ran that might be to blame, killed at the end of the server', async (t) => {
    const { server } = openServer(t)
    const other = run(t, server, ['/bin/sleep', '60'])
    const trial = run(t, server, [
      '/bin/sh',
      '-c',
      `env -i setsid sh -c 'echo $$ >&2; exec >&- 2>&-; sleep 60' & sleep 0.2`,
    ])
    const exit = await trial.ended
    const left = Number(exit.stderrTail)
    assert.equal(exit.swept, 0)
    assert.equal(readStat(left)?.zombie, false)
    other.supervised.stop('cancelled', 'kill')
    await other.ended
    await server.close()
    assert.notEqual(readStat(left)?.zombie, false)
  })
})
