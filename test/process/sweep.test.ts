import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { describe, it, type TestContext } from 'node:test'
import { isBelow, nestMark, readMark } from '../../src/process/mark.ts'
import { listMarked } from '../../src/process/marked-processes.ts'
import { newcomersSince, noteBirth } from '../../src/process/newcomers.ts'
import { sweepMarked } from '../../src/process/sweep.ts'

const linuxOnly = { skip: process.platform !== 'linux' && 'marks are read from /proc' }

describe('a mark', () => {
  it('covers itself and what is below it, also inside another', () => {
    assert.equal(isBelow('run', 'run'), true)
    assert.equal(isBelow('run.1', 'run'), true)
    assert.equal(isBelow('run.1.2', 'run.1'), true)
    assert.equal(isBelow(nestMark('outer.1', 'run.2'), 'run'), true)
    assert.equal(isBelow(nestMark('outer.1', 'run.2'), 'outer.1'), true)
    assert.equal(isBelow('run.10', 'run.1'), false)
    assert.equal(isBelow('rune', 'run'), false)
    assert.equal(isBelow('other.run', 'run'), false)
    assert.equal(isBelow('', 'run'), false)
  })

  it('is read from the environment a process was started with', linuxOnly, async (t) => {
    const marked = await startMarked(t, 'read-test.1')
    assert.equal(readMark(marked.pid), 'read-test.1')
    assert.equal(readMark(process.pid), process.env['ORCHESTRATOR_MARK'] ?? '')
    assert.equal(readMark(2 ** 22 + 1), '')
    assert.deepEqual(
      listMarked('read-test').map(({ pid, zombie }) => ({ pid, zombie })),
      [{ pid: marked.pid, zombie: false }],
    )
  })
})

describe('a sweep', linuxOnly, () => {
  it('kills what carries the mark and nothing else', async (t) => {
    const one = await startMarked(t, 'sweep-test.1')
    const ten = await startMarked(t, 'sweep-test.10')
    const nested = await startMarked(t, 'outer-run.7:sweep-test.1')
    assert.equal(await sweepMarked('sweep-test.1'), 2)
    await Promise.all([one.ended, nested.ended])
    assert.equal(readMark(ten.pid), 'sweep-test.10')
    assert.equal(await sweepMarked('sweep-test'), 1)
    await ten.ended
    assert.equal(await sweepMarked('sweep-test'), 0)
  })

  it('follows processes that go on starting others', async () => {
    const script = 'i=0; while [ $i -lt 400 ]; do setsid sleep 60 & i=$((i+1)); done; sleep 60'
    const child = spawn('sh', ['-c', script], {
      env: { PATH: process.env['PATH'] ?? '', ORCHESTRATOR_MARK: 'flood-test.1' },
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    while (listMarked('flood-test').length < 20) await new Promise(setImmediate)
    assert.ok((await sweepMarked('flood-test')) >= 20)
    await ended
    assert.equal(await sweepMarked('flood-test'), 0)
  })

  it('looks only at processes born since', async (t) => {
    const birth = noteBirth((await startMarked(t, 'born-test.1')).pid)
    assert.deepEqual(
      [...newcomersSince(birth)].filter((pid) => (readMark(pid) ?? '').startsWith('born-test')),
      [],
    )
    const { stdout } = spawnSync('sh', ['-c', 'sleep 60 >/dev/null 2>&1 & echo $!'], { encoding: 'utf8' })
    t.after(() => process.kill(Number(stdout)))
    assert.ok([...newcomersSince(birth)].includes(Number(stdout)))
  })
})

async function startMarked(t: TestContext, mark: string): Promise<{ pid: number; ended: Promise<unknown> }> {
  const child = spawn('sleep', ['60'], {
    env: { PATH: process.env['PATH'] ?? '', ORCHESTRATOR_MARK: mark },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  t.after(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  return { pid: child.pid ?? 0, ended }
}
