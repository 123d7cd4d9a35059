import assert from 'node:assert/strict'
import { once } from 'node:events'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startChild } from '../../src/process/child.ts'
import { createControlGroup, createGroupIn, parentGroups } from '../../src/process/control-group.ts'
import { hasInterpreter } from '../../src/process/interpreter.ts'
import type { Spawn } from '../../src/process/spawn.ts'
import { sweepMarked } from '../../src/process/sweep.ts'
import { unenforceableLimits } from '../../src/process/watch-limits.ts'
import { noControllers } from './control-groups-here.ts'
import { startTrial } from './supervise-in-test.ts'

const top = mountPoint() ?? ''
const needsTop = { skip: (top === '' || !hasInterpreter()) && 'needs a cgroup v2 hierarchy we may write to, and Perl' }
const needsControllers = { skip: noControllers }
const PATH = process.env['PATH'] ?? ''
let groups = 0

type TestGroup = ReturnType<typeof makeGroup>

/** A group that is gone after the test, at the top of the hierarchy and without limits if not told otherwise. */
function makeGroup(t: TestContext, parent = top, settings: Record<string, string> = {}) {
  const name = `test-${process.pid}.${++groups}`
  const group = createGroupIn(parent, name, settings)
  assert.ok(group)
  t.after(() => group.remove())
  return { ...group, name, path: join(parent, `orchestrator-${name}`) }
}

function startInside(group: TestGroup, spawn: Pick<Spawn, 'argv'> & Partial<Spawn>) {
  const child = startChild({ cwd: '/', env: { PATH }, ...spawn }, group.name, group)
  assert.ok(!(child instanceof Promise))
  child.stdin?.end(spawn.stdin)
  const { pid, stdout, stderr } = child
  return { pid, stdout, stderr, ended: new Promise((resolve) => child.onEnd(resolve)) }
}

/** What a program prints, whole. */
async function outputInside(group: TestGroup, spawn: Parameters<typeof startInside>[1]): Promise<string> {
  const { stdout, stderr, ended } = startInside(group, spawn)
  const [out, err] = await Promise.all([text(stdout), text(stderr)])
  assert.deepEqual([await ended, err], [{ code: 0, signal: null }, ''])
  return out
}

describe('a control group', needsTop, () => {
  it('holds what a program starts in its first moment', async (t) => {
    for (let round = 0; round < 10; round++) {
      const group = makeGroup(t)
      const out = await outputInside(group, { argv: ['sh', '-c', '(sleep 0.02; exec cat /proc/self/cgroup) & wait'] })
      assert.match(out, new RegExp(`^0::.*/${basename(group.path)}$`, 'm'))
    }
  })

  it('changes nothing of what a program is given', async (t) => {
    const env = { PATH, PERL5OPT: '-Mno::such', LC_ALL: 'no_SUCH', 'A-B': 'x = "$y"\n', EMPTY: '' }
    const script = `
      const { readFileSync, readdirSync } = require('node:fs')
      const { argv, cwd, env } = process
      console.log(JSON.stringify([argv, cwd(), env, readFileSync(0, 'utf8'), readdirSync('/proc/self/fd')]))`
    const spawn = { argv: [process.execPath, '-e', script, '-e', '', '$x ü'], env, cwd: '/usr', stdin: 'said\n' }
    const inside = makeGroup(t)
    const direct = startChild(spawn, inside.name)
    assert.ok(!(direct instanceof Promise))
    direct.stdin?.end(spawn.stdin)
    assert.equal(await outputInside(inside, spawn), await text(direct.stdout))
  })

  it('does not hide that a program cannot be started', async (t) => {
    for (const [program, code] of [
      ['/no/such/program', 'ENOENT'],
      ['/etc/passwd', 'EACCES'],
    ] as const) {
      const end = await startInside(makeGroup(t), { argv: [program] }).ended
      assert.ok(end instanceof Object && 'error' in end && end.error instanceof Error && 'code' in end.error)
      assert.equal(end.error.code, code)
    }
    const refused = startChild({ argv: ['true'], cwd: '/', env: { PATH, X: 'a\0b' } }, 'mark', makeGroup(t))
    assert.ok(refused instanceof Promise)
    const answer = await refused
    assert.match(String('error' in answer && answer.error), /null bytes/)
  })

  it('lets a program be stopped at any moment, also before it has begun', async (t) => {
    const group = makeGroup(t)
    const long = Object.fromEntries(['A', 'B', 'C', 'D', 'E', 'F'].map((name) => [name, 'x'.repeat(100_000)]))
    for (let round = 0; round < 20; round++) {
      const { pid, ended } = startInside(group, { argv: ['sleep', '60'], env: { PATH, ...long } })
      if (round > 0) await new Promise((resolve) => setTimeout(resolve, round / 2))
      process.kill(pid, 'SIGTERM')
      assert.deepEqual(await ended, { code: null, signal: 'SIGTERM' })
    }
  })

  it('that cannot be entered stops no program', async (t) => {
    const group = makeGroup(t)
    await group.remove()
    assert.equal(await outputInside(group, { argv: ['echo', 'on'] }), 'on\n')
  })

  it('ends its members, wherever they went, and goes with the groups they made', async (t) => {
    const group = makeGroup(t)
    const lost = 'env -i setsid sleep 60'
    const script = `mkdir $G/inner; ${lost} & sh -c 'echo 0 > $G/inner/cgroup.procs; ${lost} & echo up; wait' & wait`
    const { stdout, ended } = startInside(group, { argv: ['sh', '-c', script], env: { PATH, G: group.path } })
    await once(stdout, 'data')
    assert.equal(group.ranOutOfMemory(), false)
    assert.equal(await group.remove(), 4)
    assert.deepEqual(await ended, { code: null, signal: 'SIGKILL' })
    assert.equal(existsSync(group.path), false)
  })

  it('that was left behind goes with the sweep of its run, and no other does', async (t) => {
    const [group, other] = [makeGroup(t), makeGroup(t)]
    const { stdout, ended } = startInside(group, { argv: ['env', '-i', 'sh', '-c', 'echo up; sleep 60 & wait'] })
    await once(stdout, 'data')
    await sweepMarked(group.name)
    assert.deepEqual(await ended, { code: null, signal: 'SIGKILL' })
    assert.deepEqual([existsSync(group.path), existsSync(other.path)], [false, true])
  })

  it('is not made where a setting is refused, and leaves nothing', async () => {
    assert.equal(createGroupIn(top, 'refused', { 'no.such.setting': '1' }), undefined)
    assert.equal(existsSync(join(top, 'orchestrator-refused')), false)
    assert.equal(createGroupIn('/nowhere', 'x', {}), undefined)
  })

  it('is looked for from our own group up to the top, or to the group of an orchestrator that started us', async (t) => {
    const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? ''
    const parents = parentGroups([])
    assert.equal(parents[0], join(top, own).replace(/(?<=.)\/$/, ''))
    assert.equal(parents.at(-1), top)
    assert.deepEqual(parentGroups(['no-such-controller']), [])
    const group = makeGroup(t)
    const source = pathToFileURL(join(import.meta.dirname, '../../src/process/control-group.ts'))
    const script = `import { parentGroups } from '${source.href}'; console.log(parentGroups([]).join())`
    const argv = [process.execPath, '--input-type=module', '-e', script]
    assert.equal(await outputInside(group, { argv }), `${group.path}\n`)
  })
})

it('a control group is not made for limits that need none', () => {
  assert.equal(createControlGroup('none', { processes: 5, cpuMs: 1000, outputBytes: 1 }), undefined)
  assert.deepEqual(unenforceableLimits({}), [])
})

describe('a control group with controllers', needsControllers, () => {
  const populate = (mebibytes: number): string =>
    `import mmap; mmap.mmap(-1, ${mebibytes} << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)`

  it('ends a tree whose memory grows in one burst', async (t) => {
    const trial = startTrial(t, ['sh', '-c', `python3 -c '${populate(400)}; print("had it")' & wait`], {
      limits: { memoryBytes: 50 << 20 },
    })
    const exit = await trial.ended
    assert.equal(exit.termination?.kind === 'limit' && exit.termination.limit, 'memory')
    assert.deepEqual(trial.lines, [])
  })

  it('counts memory that no process shows as its own', async (t) => {
    const file = `/dev/shm/control-group-test-${process.pid}`
    const exit = await startTrial(
      t,
      ['sh', '-c', `trap 'rm -f ${file}' EXIT; head -c 100000000 /dev/zero > ${file}; rm ${file}`],
      {
        limits: { memoryBytes: 50 << 20 },
      },
    ).ended
    const detail = '50 MiB of memory, 50 MiB allowed: ended by the kernel'
    assert.deepEqual(exit.termination, { kind: 'limit', limit: 'memory', detail })
    assert.equal(exit.signal, 'SIGKILL')
  })

  it('does not take the limit of a group around it for its own', async (t) => {
    const outer = join(parentGroups(['memory'])[0] ?? '', `around-${process.pid}`)
    mkdirSync(outer)
    t.after(() => rmdirSync(outer))
    writeFileSync(join(outer, 'cgroup.subtree_control'), '+memory')
    writeFileSync(join(outer, 'memory.max'), String(50 << 20))
    const group = makeGroup(t, outer, { 'memory.max': String(1 << 30), 'memory.oom.group': '1' })
    assert.deepEqual(await startInside(group, { argv: ['python3', '-c', populate(400)] }).ended, {
      code: null,
      signal: 'SIGKILL',
    })
    assert.equal(group.ranOutOfMemory(), false)
    await group.remove()
  })

  it('keeps a tree to its share of cores', async (t) => {
    const script = `
      use Time::HiRes 'time';
      my $from = time;
      my $child = fork;
      1 while time < $from + 2;
      exit if $child == 0;
      wait;
      my $used = 0;
      $used += $_ for times;
      print $used / (time - $from);`
    const trial = startTrial(t, ['perl', '-e', script], { limits: { cpus: 0.1 } })
    assert.equal((await trial.ended).code, 0)
    // On a loaded machine a virtual one counts what it was kept waiting for: without the limit it is 1 or 2 cores.
    const share = Number(trial.lines[0])
    assert.ok(share > 0.02 && share < 0.5, `${share} cores`)
  })

  it('reports what it had to end at last, and is gone when the attempt has ended', async (t) => {
    const trial = startTrial(t, ['sh', '-c', 'env -i setsid sleep 60 > /dev/null 2>&1 & echo on'], {
      limits: { memoryBytes: 100 << 20, cpus: 1 },
    })
    const exit = await trial.ended
    assert.deepEqual([exit.code, exit.swept, trial.lines], [0, 1, ['on']])
    const left = parentGroups(['memory', 'cpu']).map((parent) => join(parent, `orchestrator-${trial.mark}`))
    assert.deepEqual(
      left.filter((path) => existsSync(path)),
      [],
    )
  })

  it('is gone when the program could not be started', async (t) => {
    const trial = startTrial(t, ['/no/such/program'], { limits: { memoryBytes: 100 << 20 }, cwd: '/no/such/directory' })
    assert.equal((await trial.ended).spawnError?.code, 'ENOENT')
    const left = parentGroups(['memory']).map((parent) => join(parent, `orchestrator-${trial.mark}`))
    assert.deepEqual(
      left.filter((path) => existsSync(path)),
      [],
    )
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
