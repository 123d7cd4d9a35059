import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { ownTrust } from '../../src/core/run-trust.ts'
import type { Stamped } from '../../src/core/event.ts'
import type { Reporter } from '../../src/core/reporter.ts'
import { compile } from '../../src/index.ts'
import type { RunControl } from '../../src/run/control.ts'
import { executeRun, type RunOutcome } from '../../src/run/execute-run.ts'
import type { RunOptions } from '../../src/run/run-options.ts'

const file = `
instances:
  rent: { run: "echo rented; exec sleep 600" }
  use: { needs: rent, run: "true" }
  release: { needs: rent, if: always(), run: "echo released > released.txt" }
  stubborn: { run: "trap '' TERM; echo up; while :; do sleep 1; done" }
  notify: { needs: stubborn, if: cancelled(), run: "echo told > told.txt" }
`

let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'stopping-'))
})
afterEach(() => rmSync(workspace, { recursive: true, maxRetries: 5 }))

/** Runs a file; `act` is told of every event with the controls of the run. */
async function run(
  text: string,
  act: (event: Stamped, control: RunControl | undefined) => void,
  more: Partial<RunOptions> = {},
): Promise<RunOutcome> {
  const { plan, diagnostics } = compile('o.yml', text)
  assert.ok(plan !== undefined, JSON.stringify(diagnostics))
  let control: RunControl | undefined
  return executeRun({
    plan,
    inputs: {},
    only: null,
    workspace,
    runDirectory: join(workspace, 'run'),
    environment: { PATH: process.env['PATH'] },
    reporters: () => [{ name: 'test', onEvent: (event) => act(event, control) }],
    trust: ownTrust,
    connect: (connected) => (control = connected),
    ...more,
  })
}

/** Acts once all of these run. */
function once(ids: readonly string[], act: (control: RunControl | undefined) => void) {
  const started = new Set<string>()
  return (event: Stamped, control: RunControl | undefined): void => {
    if (event.type !== 'attempt.started' || !ids.includes(event.id)) return
    started.add(event.id)
    // The inbox takes what is sent from within an event after that event.
    if (started.size === ids.length) act(control)
  }
}

const resultsOf = ({ state }: RunOutcome): Record<string, string> =>
  Object.fromEntries([...state.instances].map(([id, { result, reason }]) => [id, `${result} ${reason}`.trim()]))

describe('a run that is stopped', () => {
  it('cleans up after what ends at once and after what had to be killed', async () => {
    const interrupt = once(['rent', 'stubborn'], (control) =>
      control?.interrupt('SIGINT', { cleanupMs: 60_000, killMs: 200 }),
    )
    const outcome = await run(file, interrupt)
    const cancelled = 'cancelled cancelled'
    assert.deepEqual(resultsOf(outcome), {
      rent: cancelled,
      use: cancelled,
      release: 'success',
      stubborn: cancelled,
      notify: 'success',
    })
    assert.ok(existsSync(join(workspace, 'released.txt')))
    assert.ok(existsSync(join(workspace, 'told.txt')))
    assert.equal(outcome.state.ended?.result, 'cancelled')
  })

  it('is killed by the second signal, what cleans up as well', async () => {
    const first = once(['rent'], (control) => control?.interrupt('SIGINT'))
    const second = once(['release'], (control) => control?.kill('SIGINT'))
    const slow = `
instances:
  rent: { run: exec sleep 600 }
  release: { needs: rent, if: always(), run: "trap '' TERM; while :; do sleep 1; done" }
  tell: { needs: release, if: always(), run: "echo told > told.txt" }
`
    const outcome = await run(slow, (event, control) => {
      first(event, control)
      second(event, control)
    })
    const cancelled = 'cancelled cancelled'
    assert.deepEqual(resultsOf(outcome), { rent: cancelled, release: cancelled, tell: cancelled })
    const journal = readFileSync(join(workspace, 'run/journal.ndjson'), 'utf8')
    assert.match(journal, /"type":"run\.interrupted","cause":"cancelled","by":"SIGINT","how":"kill"/)
    assert.equal(existsSync(join(workspace, 'told.txt')), false)
  })

  it('by its time limit is a failure by timeout, and cleans up', async () => {
    const outcome = await run(
      `limits: { timeout-minutes: 0.005 }\n${file.split('\n').slice(0, 5).join('\n')}`,
      () => {},
    )
    assert.deepEqual(resultsOf(outcome), { rent: 'cancelled timeout', use: 'cancelled timeout', release: 'success' })
    assert.equal(outcome.state.ended?.result, 'failure')
    assert.match(outcome.state.ended?.reason ?? '', /^timeout: /)
  })

  it('gives its reports the time that is left at its end, not what there was at its start', async () => {
    let left = 60_000
    const late: Reporter = { name: 'late', onEnd: () => new Promise(() => {}) }
    const interrupt = once(['rent'], (control) => {
      left = 5
      control?.interrupt('SIGINT')
    })
    let control: RunControl | undefined
    const { state } = await run('instances: { rent: { run: "exec sleep 600" } }', () => {}, {
      connect: (connected) => (control = connected),
      reporters: () => [{ name: 'test', onEvent: (event) => interrupt(event, control) }, late],
      reportDeadline: () => left,
    })
    assert.equal(state.failedReports.get('late')?.detail, 'not delivered within 5 ms')
  })
})
