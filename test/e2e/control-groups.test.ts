import assert from 'node:assert/strict'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parentGroups } from '../../src/process/control-group.ts'
import { noControllers } from '../process/control-groups-here.ts'
import { inFolder, journalOf, orchestrator, processesOf, startOrchestrator, until } from './command.ts'

/** Each leaves something that only its group can find. */
const lost = '(env -i setsid sleep 307 > /dev/null 2>&1 &)'
const plan = `
name: groups
limits: { max-parallel: 3 }
instances:
  waits:
    run: ${lost}; test -e again && exit 0; touch one.up; sleep 300
    limits: { memory: 200MB, cpu: 1 }
  ignores-term:
    run: trap '' TERM; ${lost}; test -e again && exit 0; touch two.up; while true; do sleep 1; done
    limits: { memory: 200MB }
`

const groupsOf = (runId: string): string[] =>
  parentGroups([]).flatMap((parent) => readdirSync(parent).filter((name) => name.startsWith(`orchestrator-${runId}.`)))

/** Starts the plan and waits until both instances are under way, each in its group. */
async function begin(folder: string) {
  const run = join(folder, 'run')
  const started = startOrchestrator(['run', 'plan.yml', '--quiet', '--run-dir', run], folder)
  await until('both are under way', () => ['one.up', 'two.up'].every((name) => existsSync(join(folder, name))))
  const runId = String(journalOf(run)[0]?.['runId'])
  assert.equal(groupsOf(runId).length, 2)
  return { ...started, run, runId }
}

function assertNothingLeft(runId: string): void {
  assert.deepEqual([groupsOf(runId), processesOf(runId)], [[], []])
}

describe('control groups of a run', { skip: noControllers }, () => {
  it('are gone after an interruption, with everything in them', () =>
    inFolder({ 'plan.yml': plan }, async (folder) => {
      const { child, finished, runId } = await begin(folder)
      child.kill('SIGINT')
      assert.equal((await finished).code, 130)
      assertNothingLeft(runId)
    }))

  it('are gone when a run goes on whose orchestrator was killed', () =>
    inFolder({ 'plan.yml': plan }, async (folder) => {
      const { child, finished, run, runId } = await begin(folder)
      child.kill('SIGKILL')
      await finished
      writeFileSync(join(folder, 'again'), '')
      const resumed = await orchestrator(['run', '--resume', run, '--quiet'], folder)
      assert.equal(resumed.code, 0, resumed.stderr)
      assertNothingLeft(runId)
    }))
})
