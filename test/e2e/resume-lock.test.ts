import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { inFolder, journalOf, orchestrator, processesOf, startOrchestrator, until } from './command.ts'

const file = `
name: lock
instances:
  a:
    run: test -e again && exit 0; sleep 300
`

const locksIn = (run: string): string[] => readdirSync(run).filter((name) => name.endsWith('.lock'))

it('a run is not resumed while its orchestrator lives, and is once that is dead', () =>
  inFolder({ 'plan.yml': file }, async (folder) => {
    const run = join(folder, 'run')
    const { child, finished } = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
    await until('the instance runs', () => {
      const journal = join(run, 'journal.ndjson')
      return existsSync(journal) && readFileSync(journal, 'utf8').includes('"attempt.started"')
    })
    const before = readFileSync(join(run, 'journal.ndjson'), 'utf8')
    const refused = await orchestrator(['run', '--resume', run, '--quiet'], folder)
    assert.equal(refused.code, 2, refused.stderr)
    assert.match(refused.stderr, new RegExp(`still in progress \\(process ${child.pid}\\)`))
    assert.equal(readFileSync(join(run, 'journal.ndjson'), 'utf8'), before)

    child.kill('SIGKILL')
    await finished
    assert.equal(locksIn(run).length, 1)
    writeFileSync(join(folder, 'again'), '')
    const resumed = await orchestrator(['run', '--resume', run, '--quiet'], folder)
    assert.equal(resumed.code, 0, resumed.stderr)
    assert.deepEqual(locksIn(run), [])
    assert.deepEqual(processesOf(String(journalOf(run)[0]?.['runId'])), [])
  }))
