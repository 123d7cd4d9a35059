import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { hasInterpreter } from '../../src/process/interpreter.ts'
import { listMarked } from '../../src/process/marked-processes.ts'
import { createSlot, type Slot } from '../../src/process/slot.ts'
import { createStarter } from '../../src/process/starter.ts'
import { processesMarked, startTrial } from './supervise-in-test.ts'

const skip = hasInterpreter() ? false : 'there are no slots here'
let slots = 0

/** A slot that is ready, closed after the test; nothing of it is alive then. */
async function readySlot(t: TestContext): Promise<{ slot: Slot; again: () => Promise<void> }> {
  const mark = `slot-${process.pid}-${slots++}`
  let waiting = Promise.withResolvers<void>()
  const slot = createSlot(mark, { onReady: () => waiting.resolve(), onLost() {} })
  t.after(async () => {
    slot.close()
    await allGone(mark)
  })
  await waiting.promise
  return {
    slot,
    async again() {
      await waiting.promise
      waiting = Promise.withResolvers<void>()
    },
  }
}

/** Waits until no process carries the mark. */
async function allGone(mark: string): Promise<void> {
  while (processesMarked(mark).length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** What a supervised program came to that a slot had to start. */
function run(
  t: TestContext,
  slot: Slot,
  argv: readonly string[],
  options: Parameters<typeof startTrial>[2] = {},
): ReturnType<typeof startTrial> {
  return startTrial(t, argv, {
    ...options,
    start(spawn, mark) {
      const child = slot.start(spawn, mark)
      assert.ok(child !== undefined, 'the slot starts it')
      return child
    },
  })
}

describe('a program that a slot starts', { skip }, () => {
  it('has its arguments, environment, directory and outputs as they were asked for', async (t) => {
    const { slot } = await readySlot(t)
    const directory = mkdtempSync(join(tmpdir(), 'slot-'))
    t.after(() => rmSync(directory, { recursive: true }))
    const script = 'printf "%s|" "$@" "$(pwd)" "$X"; env | sort | cut -d= -f1 | tr "\\n" " " >&2; cat'
    const odd = ['', 'a \'b\' "c"', '$(false) `x` ; |', 'line\nbreak', 'ünï 🎉', '-e']
    const trial = run(t, slot, ['/bin/sh', '-c', script, 'sh', ...odd], {
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
      const { slot } = await readySlot(t)
      const { ended } = run(t, slot, ['/bin/sh', '-c', script])
      const exit = await ended
      assert.deepEqual([exit.code, exit.signal], [code, signal], script)
    }
  })

  it('that does not exist, may not be executed or has no directory is an error, as without a slot', async (t) => {
    const { slot, again } = await readySlot(t)
    for (const [argv, cwd, code] of [
      [['/no/such/program'], '/', 'ENOENT'],
      [['/etc/passwd'], '/', 'EACCES'],
      [['/bin/true'], '/no/such/directory', 'ENOENT'],
    ] as const) {
      await again()
      const { ended } = run(t, slot, argv, { cwd })
      assert.equal((await ended).spawnError?.code, code)
    }
  })

  it('keeps every byte of a large output, and is not read faster than it can be written', async (t) => {
    const { slot } = await readySlot(t)
    const { ended } = run(t, slot, ['/bin/sh', '-c', 'head -c 30000000 /dev/zero; head -c 70000 /dev/zero >&2'])
    const exit = await ended
    assert.deepEqual([exit.stdoutBytes, exit.stderrBytes], [30_000_000, 70_000])
  })

  it('is stopped by TERM at any moment, also before it has begun', async (t) => {
    for (let round = 0; round < 20; round++) {
      const { slot } = await readySlot(t)
      const { supervised, ended } = run(t, slot, ['/bin/sleep', '60'])
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, round / 10))
      supervised.stop('cancelled')
      assert.equal((await ended).signal, 'SIGTERM')
    }
  })

  it('is stopped by KILL after the grace, with what it detached', async (t) => {
    const { slot } = await readySlot(t)
    const script = 'trap "" TERM; setsid sleep 60 & echo on; while :; do sleep 1; done'
    const trial = run(t, slot, ['/bin/sh', '-c', script], { onLine: () => trial.supervised.stop('cancelled') })
    const exit = await trial.ended
    assert.deepEqual([exit.signal, exit.termination?.kind], ['SIGKILL', 'stopped'])
    assert.ok(exit.swept >= 1)
  })

  it('is held to its limits, also when another’s watch has seen it wait', async (t) => {
    const { slot } = await readySlot(t)
    assert.equal(listMarked(`slot-${process.pid}-${slots - 1}`).length, 2)
    const allocate = resolve(import.meta.dirname, '../fixtures/process/allocate.py')
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
    const { ended } = run(t, slot, [python, allocate], { limits: { memoryBytes: 100 << 20 }, timeoutMs: 10_000 })
    const { termination } = await ended
    assert.equal(termination?.kind === 'limit' && termination.limit, 'memory')
  })

  it('is not let live when its slot is killed', async (t) => {
    const mark = `slot-${process.pid}-killed`
    const lost = Promise.withResolvers<void>()
    const slot = await new Promise<Slot>((onReady) => createSlot(mark, { onReady, onLost: () => lost.resolve() }))
    const trial = run(t, slot, ['/bin/sleep', '60'])
    for (const line of processesMarked(mark)) process.kill(Number(line.split(' ')[0]), 'SIGKILL')
    await lost.promise
    assert.equal((await trial.ended).signal, 'SIGKILL')
  })

  it('is nobody’s business when the request does not fit', async (t) => {
    const { slot } = await readySlot(t)
    const place = { env: {}, cwd: '/' }
    assert.equal(slot.start({ ...place, argv: ['/bin/echo', 'a\0b'] }, 'mark'), undefined)
    assert.equal(slot.start({ ...place, argv: ['/bin/echo', 'x'.repeat(70_000)] }, 'mark'), undefined)
    const exit = await run(t, slot, ['/bin/true']).ended
    assert.equal(exit.code, 0)
  })
})

describe('a starter', { skip }, () => {
  it('starts the first few programs by itself and the others from slots, which end with it', async (t) => {
    const mark = `starter-${process.pid}`
    const starter = createStarter(mark)
    for (let started = 0; started < 40; started++) {
      const { ended } = startTrial(t, ['/bin/sh', '-c', 'exit 3'], { start: starter.start })
      assert.equal((await ended).code, 3)
      if (started < 8) assert.deepEqual(processesMarked(mark), [])
    }
    assert.ok(processesMarked(mark).length > 0)
    starter.close()
    await allGone(mark)
  })
})
