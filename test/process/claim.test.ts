import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createTemporaryPlaces } from '../../src/launch/attempt-directory.ts'
import { removeLeftovers } from '../../src/launch/leftovers.ts'
import { holdDirectory } from '../../src/process/hold.ts'
import { ownIdentity } from '../../src/process/identity.ts'
import { hasInterpreter } from '../../src/process/interpreter.ts'

const source = (path: string): string => JSON.stringify(resolve(import.meta.dirname, '../../src', path))

/** Another container as far as process ids go. */
const container = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']

const skip = canMakeContainers() ? false : 'namespaces of process ids cannot be made here, or there is no Perl'

function canMakeContainers(): boolean {
  if (!hasInterpreter()) return false
  try {
    execFileSync(container[0] ?? '', [...container.slice(1), 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function createDirectory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'claim-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Runs a script in another container until it is killed; resolves when it says that it has what it wants. */
async function startElsewhere(t: TestContext, script: string, path: string): Promise<ChildProcess> {
  const [program = '', ...args] = container
  const lockAndWait = `
    import { readFileSync } from 'node:fs'
    import { createStarter } from ${source('process/starter.ts')}
    ${script}
    createStarter('claim-test', () => {}, true, [claim])
    while (!readFileSync(file, 'utf8').includes('locked')) await new Promise((resume) => setTimeout(resume, 5))
    console.log('held')
    setInterval(() => {}, 1000)`
  const child = spawn(program, [...args, process.execPath, '--input-type=module', '-e', lockAndWait, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

describe('two containers that share a folder', { skip }, () => {
  it('do not both work in one run directory, and one takes over when the other is dead', async (t) => {
    const path = createDirectory(t)
    const script = `
      import { readdirSync } from 'node:fs'
      import { holdDirectory } from ${source('process/hold.ts')}
      const { claim } = holdDirectory(process.argv[1])
      const file = process.argv[1] + '/' + readdirSync(process.argv[1])[0]`
    const other = await startElsewhere(t, script, path)
    const refused = holdDirectory(path)
    assert.ok('heldBy' in refused)
    assert.deepEqual(readdirSync(path), [refused.file.slice(path.length + 1)])
    await kill(other)
    const hold = holdDirectory(path)
    assert.ok('release' in hold)
    assert.equal(readdirSync(path).length, 1)
    hold.release()
  })

  it('leave the temporary directories of each other alone, until the other is dead', async (t) => {
    const path = createDirectory(t)
    const script = `
      import { createTemporaryPlaces } from ${source('launch/attempt-directory.ts')}
      const places = createTemporaryPlaces(process.argv[1], 'theirs')
      const claim = places.claim()
      const file = places.shared() + '/../claim'`
    const other = await startElsewhere(t, script, path)
    const own = createTemporaryPlaces(path, 'ours')
    own.shared()
    await removeLeftovers(path, {}, {})
    assert.equal(readdirSync(path).length, 2)
    await kill(other)
    await removeLeftovers(path, {}, {})
    assert.deepEqual(
      readdirSync(path).map((name) => name.split('-')[1]),
      ['ours'],
    )
    await own.remove()
    assert.deepEqual(readdirSync(path), [])
  })
})

describe('a process that lives', () => {
  it('counts as alive for who can open no file more', (t) => {
    const path = createDirectory(t)
    const script = `
      import { openSync } from 'node:fs'
      import { isRunning } from ${source('process/identity.ts')}
      try { for (;;) openSync(${JSON.stringify(path)}, 'r') } catch {}
      process.stdout.write(String([isRunning(process.argv[1]), isRunning('999999999-1-1')]))
    `
    const said = execFileSync(
      'sh',
      ['-c', 'ulimit -n 64; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', script, ownIdentity()],
      { encoding: 'utf8' },
    )
    assert.equal(said, 'true,false')
  })
})

it(
  'a directory on a full disk is not held, and nothing is left that says it were',
  { skip: (process.platform !== 'linux' || process.getuid?.() !== 0) && 'needs root on Linux to mount a small tmpfs' },
  (t) => {
    const disk = createDirectory(t)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'none', disk])
    try {
      writeFileSync(join(disk, 'full'), 'x'.repeat(4096))
      assert.throws(() => holdDirectory(disk), { code: 'ENOSPC' })
      assert.deepEqual(readdirSync(disk), ['full'])
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  },
)
