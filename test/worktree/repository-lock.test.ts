import assert from 'node:assert/strict'
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { withRepositoryLock } from '../../src/worktree/repository-lock.ts'
import { createRepository } from './repository.ts'

const source = (name: string): string => JSON.stringify(new URL(`../../src/worktree/${name}`, import.meta.url).href)

describe('a repository that several orchestrators work in', () => {
  it('makes and removes all their worktrees, and loses no change', async (t) => {
    const repository = createRepository(t, { 'count.txt': '0\n', 'a.txt': 'a\n' })
    const { path, scratch, env, git } = repository
    const script = join(scratch, 'orchestrator.mjs')
    writeFileSync(
      script,
      `import { mkdirSync, writeFileSync } from 'node:fs'
       import { createWorktrees } from ${source('worktrees.ts')}
       const [, , name] = process.argv
       const worktrees = createWorktrees(${JSON.stringify(path)}, () => ${JSON.stringify(scratch)} + '/git-' + name, process.env)
       for (let round = 0; round < 3; round++) {
         const tree = await worktrees.open(${JSON.stringify(scratch)} + '/trees-' + name + '/' + round)
         mkdirSync(tree.path + '/made', { recursive: true })
         writeFileSync(tree.path + '/made/' + name + '-' + round, name)
         const { tree: theirs } = await tree.snapshot()
         const plan = await worktrees.apply({ base: tree.base, theirs }, () => false, () => true)
         if (plan.kind !== 'effect') throw new Error(plan.kind)
         await worktrees.remove(tree.path)
       }`,
    )
    const ends = ['a', 'b', 'c', 'd', 'e', 'f'].map(async (name) => {
      const child = fork(script, [name], { env, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      const [code] = (await once(child, 'exit')) as [number]
      return code
    })
    assert.deepEqual(await Promise.all(ends), [0, 0, 0, 0, 0, 0])
    assert.equal(
      execFileSync('ls', [join(path, 'made')], { encoding: 'utf8' })
        .trim()
        .split('\n').length,
      18,
    )
    assert.equal(git('worktree', 'list').trim().split('\n').length, 1)
    assert.equal(existsSync(join(path, '.git/orchestrator.lock')), false)
  })

  it('is waited for with a limit when its holder is stopped, and names it', async (t) => {
    const { scratch } = createRepository(t, { 'a.txt': 'a\n' })
    const { child, folder } = await hold(scratch)
    try {
      child.kill('SIGSTOP')
      await assert.rejects(
        withRepositoryLock(folder, () => Promise.resolve(), 1),
        new RegExp(`orchestrator\\.lock is held by process ${child.pid}; remove it`),
      )
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('is not kept by one that was killed', async (t) => {
    const { scratch } = createRepository(t, { 'a.txt': 'a\n' })
    const { child, folder } = await hold(scratch)
    const lock = join(folder, 'orchestrator.lock')
    const held = readFileSync(lock, 'utf8')
    let entered = false
    const waiting = withRepositoryLock(folder, () => {
      entered = true
      return Promise.resolve(readFileSync(lock, 'utf8'))
    })
    await new Promise((turn) => setImmediate(turn))
    assert.equal(entered, false)
    child.kill('SIGKILL')
    assert.notEqual(await waiting, held)
    assert.equal(existsSync(lock), false)
  })
})

/** A process that holds the lock of a folder. */
async function hold(scratch: string) {
  const folder = join(scratch, 'common')
  mkdirSync(folder)
  const script = join(scratch, 'holder.mjs')
  writeFileSync(
    script,
    `import { withRepositoryLock } from ${source('repository-lock.ts')}
     await withRepositoryLock(${JSON.stringify(folder)}, async () => {
       process.send('held')
       await new Promise(() => setInterval(() => {}, 1000))
     })`,
  )
  const child = fork(script, [], { execArgv: [] })
  await once(child, 'message')
  return { child, folder }
}
