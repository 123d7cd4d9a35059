import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { holdDirectory } from '../../src/process/hold.ts'
import { isRunning, ownIdentity } from '../../src/process/identity.ts'

const source = resolve(import.meta.dirname, '../../src/process/hold.ts')

describe('a directory that a process holds', () => {
  it('is refused to another, which learns by whom, and is free once released', async (t) => {
    const path = createDirectory(t)
    const other = await startHolder(t, path)
    const refused = holdDirectory(path)
    assert.equal('heldBy' in refused && refused.heldBy, other.pid)
    assert.equal(readdirSync(path).length, 1, 'a refused one leaves nothing')
    other.stdin?.end()
    await once(other, 'exit')
    const hold = holdDirectory(path)
    assert.ok('release' in hold)
    assert.ok('release' in holdDirectory(path), 'the same process may ask again')
    hold.release()
    assert.deepEqual(readdirSync(path), [])
  })

  it('is taken over from a dead one', async (t) => {
    const path = createDirectory(t)
    const other = await startHolder(t, path)
    other.kill('SIGKILL')
    await once(other, 'exit')
    assert.equal(readdirSync(path).length, 1)
    const hold = holdDirectory(path)
    assert.ok('release' in hold)
    assert.deepEqual(readdirSync(path), [`${ownIdentity()}.lock`])
  })

  it('is not held by a process that came later and has the same id', { skip: process.platform !== 'linux' }, (t) => {
    const path = createDirectory(t)
    writeFileSync(join(path, `${process.ppid}-7.lock`), '')
    assert.ok('release' in holdDirectory(path))
  })

  it('names processes by what cannot be told otherwise', () => {
    assert.equal(isRunning(ownIdentity()), true)
    for (const broken of ['', '-', '0-0', 'x-1', '-1-0']) assert.equal(isRunning(broken), false, broken)
  })
})

function createDirectory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'hold-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

async function startHolder(t: TestContext, path: string): Promise<ChildProcess> {
  const script = `
    import { holdDirectory } from ${JSON.stringify(source)}
    const hold = holdDirectory(process.argv[1])
    console.log('held')
    process.stdin.resume().on('end', () => hold.release())`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}
