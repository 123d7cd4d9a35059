import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inFolder, journalOf, orchestrator, processesOf, startOrchestrator, until } from './command.ts'

/** Kills in all; the long form is for a person (`RESUME_KILLS=200`). */
const kills = Number(process.env['RESUME_KILLS'] ?? 12)

/** Six instances that each leave a line when they have done their work, in two layers, one of them with a child in its own session. */
const file = `
name: resume
limits: { max-parallel: 3 }
instances:
${['a', 'b', 'c'].map((id) => `  ${id}:\n    run: sleep 0.0${id.charCodeAt(0) % 9}; echo ${id} >> done.txt`).join('\n')}
  detached:
    run: setsid sleep 300 > /dev/null 2>&1 & sleep 0.05; echo detached >> done.txt
  d:
    needs: [a, b]
    run: sleep 0.05; echo d >> done.txt
  e:
    needs: [c, d, detached]
    run: echo e >> done.txt
`
const ids = ['a', 'b', 'c', 'd', 'detached', 'e']

/** Milliseconds to the kill, spread over the length of a run on this machine by a fixed generator. */
function* moments(runMs: number): Generator<number> {
  let seed = 7
  for (let at = 0; at < kills; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    yield Math.floor((seed / 2 ** 31) * runMs)
  }
}

/** The children of a process that run a program of this name (Linux). */
function childrenNamed(parent: number, name: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const [, program, , ppid] = /^\d+ \((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
      return program === name && Number(ppid) === parent ? [Number(pid)] : []
    } catch {
      return []
    }
  })
}

/** How long a run takes that nobody kills: the shortest of some, for the machine may have been busy. */
async function measureRun(): Promise<number> {
  let shortest = Infinity
  for (let count = 0; count < 4; count++)
    await inFolder({ 'plan.yml': file }, async (folder) => {
      const startedAt = performance.now()
      await orchestrator(['run', 'plan.yml', '--quiet'], folder)
      shortest = Math.min(shortest, performance.now() - startedAt)
    })
  return shortest
}

describe('a run whose orchestrator was killed', () => {
  it(`goes on where it was, whatever the moment (${kills} kills)`, async () => {
    let cutShort = 0
    for (const moment of moments(await measureRun()))
      await inFolder({ 'plan.yml': file }, async (folder) => {
        const run = join(folder, 'run')
        const journal = join(run, 'journal.ndjson')
        const { child, finished } = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
        const timer = setTimeout(() => child.kill('SIGKILL'), moment)
        await finished
        clearTimeout(timer)
        if (!existsSync(journal) || journalOf(run).length === 0) return
        const before = journalOf(run)
        if (!before.some(({ type }) => type === 'run.ended')) cutShort++
        const succeeded = before.flatMap(({ type, id, result }) =>
          type === 'instance.ended' && result === 'success' ? [String(id)] : [],
        )
        const runId = String(before[0]?.['runId'])

        const resumed = await orchestrator(['run', 'plan.yml', '--quiet', '--resume', run], folder)
        assert.equal(resumed.code, 0, `killed after ${moment} ms: ${resumed.stderr}`)
        assert.deepEqual(processesOf(runId), [], `killed after ${moment} ms: processes left`)
        const lines = readFileSync(join(folder, 'done.txt'), 'utf8').trimEnd().split('\n')
        for (const id of succeeded)
          assert.equal(lines.filter((line) => line === id).length, 1, `${id} ran again, killed after ${moment} ms`)
        const events = journalOf(run)
        for (const id of ids) {
          const ends = events.filter((event) => event['type'] === 'instance.ended' && event['id'] === id)
          assert.deepEqual(
            ends.map(({ result }) => result),
            ['success'],
            `${id}, killed after ${moment} ms`,
          )
        }
        assert.equal(events.filter(({ type }) => type === 'run.ended').length, 1)
        assert.deepEqual(
          events.map(({ seq }) => seq),
          events.map((_, at) => at),
        )
      })
    assert.ok(cutShort >= kills / 4, `only ${cutShort} of ${kills} kills hit a running run`)
  })

  for (const signal of ['SIGKILL', 'SIGSTOP'] as const)
    it(`ends well when its fork server got a ${signal}, whatever the moment (${kills} times)`, async () => {
      let hits = 0
      for (const moment of moments(await measureRun()))
        await inFolder({ 'plan.yml': file }, async (folder) => {
          const run = join(folder, 'run')
          const { child, finished } = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
          const timer = setTimeout(() => {
            for (const server of childrenNamed(child.pid ?? 0, 'perl')) {
              hits++
              process.kill(server, signal)
            }
          }, moment)
          const late = setTimeout(() => child.kill('SIGKILL'), 30_000)
          const { code, stderr } = await finished
          clearTimeout(timer)
          clearTimeout(late)
          const where = `${signal} after ${moment} ms: ${stderr}`
          assert.equal(code, 0, where)
          const events = journalOf(run)
          assert.deepEqual(processesOf(String(events[0]?.['runId'])), [], where)
          const done = new Set(readFileSync(join(folder, 'done.txt'), 'utf8').trimEnd().split('\n'))
          assert.deepEqual([...done].toSorted(), ids, where)
          const ends = events.filter(({ type }) => type === 'instance.ended')
          assert.equal(ends.filter(({ result }) => result === 'success').length, ids.length, where)
          assert.equal(ends.length, ids.length, where)
        })
      assert.ok(hits >= kills / 4, `only ${hits} of ${kills} hit a fork server`)
    })

  it('refuses to go on when the file changed, naming it, and obeys --force', () =>
    inFolder({ 'plan.yml': file }, async (folder) => {
      const run = join(folder, 'run')
      const { child, finished } = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
      await until('an instance has succeeded', () => {
        const journal = join(run, 'journal.ndjson')
        return existsSync(journal) && readFileSync(journal, 'utf8').includes('"instance.ended"')
      })
      child.kill('SIGKILL')
      await finished
      writeFileSync(join(folder, 'plan.yml'), `${file}\n# changed\n`)
      const refused = await orchestrator(['run', 'plan.yml', '--resume', run], folder)
      assert.equal(refused.code, 2)
      assert.match(refused.stderr, /plan\.yml/)
      assert.match(refused.stderr, /--force/)
      const forced = await orchestrator(['run', 'plan.yml', '--quiet', '--resume', run, '--force'], folder)
      assert.equal(forced.code, 0, forced.stderr)
    }))
})
