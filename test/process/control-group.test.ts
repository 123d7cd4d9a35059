import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createControlGroup, createGroupIn, parentGroups } from '../../src/process/control-group.ts'
import { unenforceableLimits } from '../../src/process/watch-limits.ts'
import { assertWithin, startTrial } from './supervise-in-test.ts'

const top = mountPoint()
const needsTop = { skip: top === undefined && 'needs a cgroup v2 hierarchy we may write to' }
const probe = createControlGroup(`probe-${process.pid}`, { memoryBytes: 1 << 30 })
await probe?.remove()
const needsMemory = {
  skip: probe === undefined && 'needs a cgroup v2 parent of ours that passes the memory controller on',
}

describe('a control group', () => {
  it('holds a process and everything it starts, and ends them all', needsTop, async () => {
    const group = createGroupIn(top ?? '', `test run.${process.pid}`, { 'cgroup.max.depth': '0' })
    assert.ok(group)
    const path = join(top ?? '', `orchestrator-test_run.${process.pid}`)
    assert.equal(readFileSync(join(path, 'cgroup.max.depth'), 'utf8'), '0\n')
    const script = 'read go; env -i setsid sleep 60 & echo started; wait'
    const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] })
    const ended = once(child, 'exit')
    assert.equal(group.join(child.pid ?? 0), true)
    child.stdin.end('go\n')
    await once(child.stdout, 'data')
    assert.equal(readFileSync(join(path, 'cgroup.procs'), 'utf8').trim().split('\n').length, 2)
    assert.equal(group.ranOutOfMemory(), false)
    await group.remove()
    assert.deepEqual(await ended, [null, 'SIGKILL'])
    assert.equal(existsSync(path), false)
  })

  it('is not made where a setting is refused, and leaves nothing', needsTop, async () => {
    assert.equal(createGroupIn(top ?? '', 'refused', { 'no.such.setting': '1' }), undefined)
    const path = join(top ?? '', 'orchestrator-refused')
    while (existsSync(path)) await new Promise(setImmediate)
    assert.equal(createGroupIn('/nowhere', 'x', {}), undefined)
  })

  it('is looked for from our own group up to the top', needsTop, () => {
    const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? ''
    const parents = parentGroups([])
    assert.equal(parents[0], join(top ?? '', own).replace(/(?<=.)\/$/, ''))
    assert.equal(parents.at(-1), top)
    assert.deepEqual(parentGroups(['no-such-controller']), [])
  })

  it('is not made for limits that need none', () => {
    assert.equal(createControlGroup('none', { processes: 5, cpuMs: 1000, outputBytes: 1 }), undefined)
    assert.deepEqual(unenforceableLimits({}), [])
  })

  it('ends a tree at its memory', needsMemory, async (t) => {
    const script = 'x = bytearray(b"x") * (400 << 20); import time; time.sleep(60)'
    const exit = await startTrial(t, ['python3', '-c', script], { limits: { memoryBytes: 50 << 20 } }).ended
    assert.equal(exit.termination?.kind === 'limit' && exit.termination.limit, 'memory')
    assertWithin(exit.durationMs, 0, 3000)
  })
})

function mountPoint(): string | undefined {
  try {
    const mount = / (\S+) [^ ]+ - cgroup2 /
      .exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[0]
      ?.trim()
      .split(' ')[0]
    if (mount !== undefined) accessSync(mount, constants.W_OK)
    return mount
  } catch {
    return undefined
  }
}
