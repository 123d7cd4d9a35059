import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { Reporter } from '../../src/core/reporter.ts'
import { ownTrust } from '../../src/core/run-trust.ts'
import { compile } from '../../src/index.ts'
import type { ReportModel } from '../../src/report/report-model.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import { createSteadyClock } from '../../src/process/monotonic-time.ts'

const hourMs = 3_600_000

/** Debian's place of libfaketime. */
function findFaketime(): string | undefined {
  const root = '/usr/lib'
  const folders = existsSync(root) ? readdirSync(root) : []
  return folders.map((name) => join(root, name, 'faketime/libfaketime.so.1')).find((path) => existsSync(path))
}

const library = findFaketime()

/** Runs the plan of `jumping-clock.ts`; the wall clock is set by the first offset while it runs, and by the second one between its instances. */
async function runWith(offsets: string): Promise<{ results: string[]; durationMs: number; jumps: number[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'clock-'))
  try {
    const file = join(folder, 'faketime')
    writeFileSync(file, '+0')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'jumping-clock.ts'), folder, offsets],
      {
        env: {
          ...process.env,
          LD_PRELOAD: library,
          FAKETIME_TIMESTAMP_FILE: file,
          FAKETIME_NO_CACHE: '1',
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        },
      },
    )
    return JSON.parse(stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe(
  'a wall clock that is set while a run goes on',
  {
    skip: library === undefined && 'libfaketime is not installed (Debian: apt-get install faketime)',
  },
  () => {
    /** The delay of the plan's edge; the backoff after it may be of any length, down to none. */
    const delayMs = 400
    const rightResults = ['a success', 'b failure exit:1', 'c success']

    it('forwards ends nothing: no timeout is over for it', async () => {
      const { results, durationMs, jumps } = await runWith('+2h,+4h')
      assert.deepEqual(results, rightResults)
      assert.ok((jumps[1] ?? 0) >= 2 * hourMs, 'the clock was set')
      assert.ok(durationMs >= delayMs && durationMs < hourMs, `${durationMs} ms`)
    })

    it('back keeps nothing waiting: no delay and no backoff is longer for it', async () => {
      const { results, durationMs, jumps } = await runWith('-1h,-3h')
      assert.deepEqual(results, rightResults)
      assert.ok((jumps[1] ?? 0) <= -hourMs + 60_000, 'the clock was set')
      assert.ok(durationMs >= delayMs && durationMs < hourMs, `${durationMs} ms`)
    })
  },
)

it('a wall clock that is set back keeps no run from seeing what others spend of its budget of a day', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'clock-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { plan } = compile(
    'o.yml',
    `
budget: { tokens: 1000, per: day }
instances: { a: { run: "while [ ! -e go ]; do sleep 0.05; done", timeout-minutes: 0.5 } }
`,
  )
  assert.ok(plan)
  const wall = Date.now
  let offset = 0
  Date.now = () => wall() + offset
  t.after(() => {
    Date.now = wall
  })
  const setBack: Reporter<ReportModel> = {
    name: 'set back',
    onEvent(event) {
      if (event.type === 'attempt.started') offset = -hourMs
    },
  }
  const { state } = await executeRun({
    plan,
    inputs: {},
    only: null,
    workspace: folder,
    runDirectory: join(folder, 'run'),
    environment: { PATH: process.env['PATH'] },
    reporters: () => [setBack],
    trust: ownTrust,
    history: {
      read() {
        if (offset !== 0) writeFileSync(join(folder, 'go'), '')
        return Promise.resolve({ runs: [] })
      },
      put: () => Promise.resolve({ runs: [] }),
    },
  })
  assert.equal(state.instances.get('a')?.result, 'success')
})

describe('the clock of a run', () => {
  it('never tells less than what an earlier process had told, though the wall clock was set back since', () => {
    const clock = createSteadyClock(() => 1000, 5000)
    const first = clock()
    assert.ok(first >= 5000 && clock() >= first)
  })

  it('begins at the time of day', () => {
    const before = Date.now()
    assert.ok(Math.abs(createSteadyClock(Date.now)() - before) < 60_000)
  })
})
