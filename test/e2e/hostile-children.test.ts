import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inFolder, journalOf, orchestrator, processesOf, startOrchestrator, until } from './command.ts'

const linuxOnly = { skip: process.platform === 'linux' ? false : 'reads /proc' }

/** Each in its own way does not want to end, or wants too much. */
const commands = `
name: hostile
limits: { max-parallel: 12 }
instances:
  ignores-term:
    run: trap '' TERM; while true; do sleep 1; done
    timeout-minutes: 0.01
  detached:
    run: (setsid sh -c '(setsid sleep 300 &) ; sleep 300' > /dev/null 2>&1 &) ; echo done
  floods:
    run: head -c 100000000 /dev/zero | tr '\\0' x
  floods-beyond-limit:
    run: yes
    limits: { output: 1MB }
  half-a-line:
    run: printf 'half a line'; sleep 300
    idle-timeout-minutes: 0.01
  closes-stdout:
    run: exec > /dev/null 2>&1 >&- 2>&-; sleep 300
    timeout-minutes: 0.01
  leaves-pipe-held:
    run: sleep 300 & echo done
  too-many:
    run: i=0; while [ $i -lt 300 ]; do sleep 300 & i=$((i+1)); done; wait
    limits: { processes: 50 }
  too-large:
    run: exec python3 -c 'import time; x = bytearray(400 * 1024 * 1024); time.sleep(300)'
    limits: { memory: 100MB }
`

/** Reason, and the bounds of its duration in seconds. */
const expected: Record<string, [reason: string, from: number, to: number]> = {
  'ignores-term': ['timeout', 5, 9],
  detached: ['', 0, 4],
  floods: ['', 0, 10],
  'floods-beyond-limit': ['limit:output', 0, 4],
  'half-a-line': ['timeout', 0.5, 4],
  'closes-stdout': ['timeout', 0.5, 4],
  'leaves-pipe-held': ['', 0, 4],
  'too-many': ['limit:processes', 0, 6],
  'too-large': ['limit:memory', 0, 6],
}

interface Report {
  readonly instances: {
    id: string
    reason: string
    durationMs: number
    text: string
    usage: Usage | null
    partial?: boolean
  }[]
}

interface Usage {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
}

const reportOf = (run: string): Report => JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as Report

function assertJournalComplete(run: string, ids: readonly string[]): void {
  const events = journalOf(run)
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, at) => at),
  )
  for (const id of ids)
    for (const type of ['attempt.started', 'attempt.ended', 'instance.ended'])
      assert.equal(events.filter((event) => event['type'] === type && event['id'] === id).length, 1, `${type} of ${id}`)
  assert.equal(events.filter(({ type }) => type === 'run.ended').length, 1)
  assert.deepEqual(processesOf(String(events[0]?.['runId'])), [], 'processes left')
}

describe('children that do not behave', linuxOnly, () => {
  it('end for the stated reason in the stated time, leave nothing alive and a whole journal', () =>
    inFolder({ 'plan.yml': commands }, async (folder) => {
      const run = join(folder, 'run')
      const { code } = await orchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
      assert.equal(code, 1)
      const { instances } = reportOf(run)
      for (const [id, [reason, from, to]] of Object.entries(expected)) {
        const instance = instances.find((one) => one.id === id)
        assert.equal(instance?.reason, reason, id)
        const seconds = (instance?.durationMs ?? 0) / 1000
        assert.ok(seconds >= from && seconds <= to, `${id} took ${seconds} s`)
      }
      assert.equal(statSync(join(run, 'logs/floods.1.stdout.log')).size, 100_000_000)
      assert.ok(statSync(join(run, 'logs/floods-beyond-limit.1.stdout.log')).size <= 1_100_000)
      assert.equal(readFileSync(join(run, 'logs/half-a-line.1.stdout.log'), 'utf8'), 'half a line')
      assertJournalComplete(run, Object.keys(expected))
    }))
})

const agents = (timeout: string): string => `
name: long
defaults: { safety: autonomous, retry: 0 }
instances:
${['claude', 'codex'].map((name) => `  ${name}: { runtime: ${name}, prompt: Work., ${timeout} }`).join('\n')}
`

const rules = (folder: string): string => `
rules:
${['claude', 'codex']
  .map(
    (name) => `  - match: { instance: ${name} }
    reply:
      tools: [{ run: "touch ${folder}/${name}.up; python3 -c 'import time; time.sleep(300)'" }]
      usage: { input: 700, cache-read: 30, output: 20 }`,
  )
  .join('\n')}
`

/** What an instance says it used is what the model served, or is said to be less. */
function assertAccounted(run: string): void {
  const lines = readFileSync(join(run, 'simulation.ndjson'), 'utf8').trimEnd().split('\n')
  const ledger = lines.map((line) => JSON.parse(line) as { instance: string; usage: Usage })
  for (const { id, usage, partial } of reportOf(run).instances) {
    const fields = ['input', 'cacheRead', 'cacheWrite', 'output'] as const
    for (const field of fields) {
      const served = ledger.reduce((sum, entry) => sum + (entry.instance === id ? entry.usage[field] : 0), 0)
      const said = usage?.[field] ?? 0
      assert.ok(
        partial === true || usage === null ? said <= served : said === served,
        `${id}: ${field} ${said}, served ${served}`,
      )
    }
  }
}

const begin = (folder: string, timeout: string) => {
  writeFileSync(join(folder, 'plan.yml'), agents(timeout))
  writeFileSync(join(folder, 'rules.yml'), rules(folder))
  const run = join(folder, 'run')
  const args = ['run', 'plan.yml', '--quiet', '--run-dir', run, '--simulate', 'rules.yml']
  return { run, ...startOrchestrator(args, folder) }
}
const toolsRun = (folder: string): boolean =>
  ['claude', 'codex'].every((name) => existsSync(join(folder, `${name}.up`)))

describe('real agents in the middle of a long tool', linuxOnly, () => {
  it('are ended by their timeout with the tool', () =>
    inFolder({}, async (folder) => {
      const { run, finished } = begin(folder, 'timeout-minutes: 0.08')
      const { code, stderr } = await finished
      assert.equal(code, 1, stderr)
      assert.ok(toolsRun(folder), 'the tools were running')
      assert.deepEqual(
        reportOf(run).instances.map(({ reason }) => reason),
        ['timeout', 'timeout'],
      )
      assertJournalComplete(run, ['claude', 'codex'])
      assertAccounted(run)
    }))

  it('are ended by an interruption with the tool', () =>
    inFolder({}, async (folder) => {
      const { run, child, finished } = begin(folder, 'timeout-minutes: 5')
      await until('both tools run', () => toolsRun(folder))
      const from = performance.now()
      child.kill('SIGINT')
      const { code, stderr } = await finished
      assert.equal(code, 130, stderr)
      assert.ok(performance.now() - from < 8000, `ended ${performance.now() - from} ms after the signal`)
      assert.deepEqual(
        reportOf(run).instances.map(({ reason }) => reason),
        ['cancelled', 'cancelled'],
      )
      assertJournalComplete(run, ['claude', 'codex'])
      assertAccounted(run)
    }))
})
