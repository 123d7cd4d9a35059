import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import type { RunEvent } from '../../src/core/event.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { compile, run } from '../../src/index.ts'
import { engineOptions } from '../../src/run/engine-options.ts'
import { forecastOf } from '../../src/run/forecast.ts'
import { durationsOf, figuresOf, recordOf, type RunRecord } from '../../src/run/history.ts'
import { localHistory } from '../../src/run/local-history.ts'
import { describeEarlierRuns } from '../../src/report/earlier-runs.ts'
import { shareBudget, spendingOfOthers } from '../../src/run/shared-budget.ts'
import { eventsOfRun } from '../journal/small-run.ts'

const day = 86_400_000

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'history-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

function spentBy(id: string, costUsd: number, more: Partial<RunRecord> = {}): RunRecord {
  const today = new Date().toISOString().slice(0, 10)
  return {
    name: 'n',
    id,
    at: Date.now(),
    simulated: false,
    ended: true,
    days: { [today]: [1000, costUsd, 0, 0] },
    ...more,
  }
}

/** An agent of 1,000 tokens a cent that spends what its variable says; it needs no account. */
const spender = `
runtimes:
  spender:
    command: [sh, -c, 'echo "{\\"text\\": \\"done\\", \\"in\\": $(($CENTS * 1000)), \\"out\\": 0, \\"usd\\": 0.0$CENTS}"']
    env: [CENTS]
    parse: { format: json, text: text, usage: { input: in, output: out }, cost-usd: usd }
`

async function runText(workspace: string, text: string, environment: Record<string, string> = {}) {
  const { plan, diagnostics } = compile('o.yml', `${spender}\n${text}`)
  assert.ok(plan, JSON.stringify(diagnostics))
  const outcome = await run(plan, { workspace, environment: { ...process.env, ...environment } })
  return { plan, ...outcome, root: join(workspace, '.orchestrator') }
}

describe('the history of runs', () => {
  it('is no trouble where it cannot be written, and empty where there is none', async (t) => {
    const folder = folderOf(t)
    const state = createRunState()
    for (const [seq, event] of eventsOfRun(1).entries()) foldEvent(state, { v: 1, seq, at: seq, ...event })
    const record = recordOf(state, 0)
    assert.ok(record)
    const root = join(folder, '.orchestrator')
    writeFileSync(root, 'a file where the directory should be')
    const store = localHistory(root, Date.now)
    await assert.rejects(store.put(record))
    assert.deepEqual((await store.read(record.name)).runs, [])

    rmSync(root)
    assert.deepEqual(await store.read(record.name), { runs: [] })
    assert.deepEqual([...durationsOf(await store.put(record), false)], [['i0', 5]])
    assert.deepEqual(await store.read(record.name), { runs: [record] })
    assert.deepEqual(await store.read('another'), { runs: [] })
  })

  it('loses nothing when forty runs of four processes are put there at once', async (t) => {
    const root = join(folderOf(t), '.orchestrator')
    const script = `
      const { localHistory } = await import(${JSON.stringify(new URL('../../src/run/local-history.ts', import.meta.url).href)})
      const store = localHistory(process.argv[1], Date.now)
      const day = new Date().toISOString().slice(0, 10)
      await Promise.all(Array.from({ length: 10 }, (_, at) => store.put({
        name: 'n', id: process.argv[2] + at, at: Date.now(), simulated: false, ended: true, days: { [day]: [1000, 0.5, 0, 0] } })))`
    const start = promisify(execFile)
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((each) => start(process.execPath, ['--input-type=module', '-e', script, root, each])),
    )
    const history = await localHistory(root, Date.now).read('n')
    assert.equal(history.runs.length, 40)
    const others = spendingOfOthers(history, { id: 'me', simulated: false, per: 'day' }, Date.now())
    assert.deepEqual([others.runs, others.tokens, others.costUsd], [40, 40_000, 20])
  })

  for (const [name, damage] of [
    ['a line changed', (text: string) => text.replace('[1000,0.5', '[1000,0.4')],
    ['the end cut off', (text: string) => text.slice(0, -40)],
    ['bytes of something else', (text: string) => `\0\0\0\n${text}`],
  ] as const)
    it(`says so when it is damaged (${name}), keeps the rest, and still says so after the next run`, async (t) => {
      const root = folderOf(t)
      const store = localHistory(root, Date.now)
      await store.put(spentBy('a', 0.25))
      await store.put(spentBy('b', 0.5))
      const path = join(root, 'history.ndjson')
      writeFileSync(path, damage(readFileSync(path, 'utf8')))
      const history = await store.read('n')
      assert.match(history.unknown ?? '', /history\.ndjson is damaged in line \d/)
      assert.ok(history.runs.some(({ id }) => id === 'a'))
      const after = await store.put(spentBy('c', 0.75))
      assert.equal(after.unknown, history.unknown)
      assert.deepEqual(await store.read('n'), after)
      const carried = spendingOfOthers(after, { id: 'me', simulated: false, per: 'week' }, Date.now())
      assert.ok(carried.costUsd >= 1 && carried.unknown !== undefined)
    })

  it('follows no link and reads no device that a checkout brings in its place', async (t) => {
    const root = folderOf(t)
    symlinkSync('/dev/zero', join(root, 'history.ndjson'))
    assert.match((await localHistory(root, Date.now).read('n')).unknown ?? '', /cannot be read/)
    const linked = join(folderOf(t), '.orchestrator')
    symlinkSync(root, linked)
    await assert.rejects(localHistory(linked, Date.now).put(spentBy('a', 1)), /symbolic link/)
  })

  it('stays small: what instances took of the last twenty runs, what was spent of the last eight days', async (t) => {
    const store = localHistory(folderOf(t), Date.now)
    const samples = { i: [5, 1] } as const
    for (let index = 0; index < 25; index++)
      await store.put(spentBy(`r${index}`, 1, { at: Date.now() - (25 - index) * 1000, samples }))
    const long = spentBy('old', 1, { at: Date.now() - 30 * day, days: { '2020-01-01': [1, 1, 0, 0] } })
    const { runs } = await store.put(long)
    assert.equal(runs.filter((each) => each.samples !== undefined).length, 20)
    assert.equal(runs.filter(({ id }) => id.startsWith('r')).length, 25)
    assert.ok(!runs.some(({ id }) => id === 'old'))
  })
})

describe('what earlier runs took', () => {
  it('is said of those of the same kind that have ended, as far as it is known', () => {
    const runs = [
      spentBy('killed', 9, { ended: false }),
      spentBy('old', 0.5),
      spentBy('a', 0.25, { tookMs: 60_000 }),
      spentBy('b', 0.35, { tookMs: 90_000, days: { '2026-01-01': [500, 0.1, 0, 0], '2026-01-02': [700, 0.25, 1, 0] } }),
      spentBy('made-up', 0, { simulated: true, tookMs: 1 }),
      spentBy('me', 7, { tookMs: 1 }),
    ]
    assert.deepEqual(figuresOf({ runs }, false, 'me'), [
      { durationMs: null, tokens: 1000, usd: 0.5 },
      { durationMs: 60_000, tokens: 1000, usd: 0.25 },
      { durationMs: 90_000, tokens: null, usd: 0.35 },
    ])
    assert.equal(
      describeEarlierRuns(figuresOf({ runs }, false, 'me')),
      'Median of the 3 runs before: 1m 15s · 1,000 tokens · $0.35',
    )
    assert.equal(
      describeEarlierRuns(figuresOf({ runs }, false, 'me').slice(0, 1)),
      'The run before: 1,000 tokens · $0.50',
    )
    assert.equal(describeEarlierRuns([]), undefined)
  })

  it('is told at the end of the next run, at a desk', async (t) => {
    const workspace = folderOf(t)
    const text = 'name: told\ninstances: { a: { runtime: spender, prompt: p } }'
    const first = await runText(workspace, text, { CENTS: '2' })
    assert.equal(first.report.earlier, undefined)
    const { report, directory } = await runText(workspace, text, { CENTS: '1' })
    assert.match(report.earlier ?? '', /^The run before: [\d.]+m?s · 2,000 tokens · \$0\.0200$/)
    assert.match(readFileSync(join(directory.path, 'summary.md'), 'utf8'), /\*The run before: /)
  })
})

describe('a budget per day', () => {
  const text = (per: string) => `
name: daily
budget: { cost-usd: 0.05, per: ${per} }
instances:
  a: { runtime: spender, prompt: x }
  b: { needs: { instance: a, when: always }, runtime: spender, prompt: x }
`

  it('holds over runs: the third is kept from starting, and says by whom it is spent', async (t) => {
    const folder = folderOf(t)
    const first = await runText(folder, text('day'), { CENTS: '2' })
    assert.equal(first.state.ended?.result, 'success')
    const second = await runText(folder, text('day'), { CENTS: '1' })
    assert.equal(second.state.ended?.result, 'failure')
    assert.equal(second.state.instances.get('a')?.result, 'success')
    const third = await runText(folder, text('day'), { CENTS: '1' })
    const { reason, detail } = third.state.instances.get('a') ?? {}
    assert.equal(reason, 'budget')
    assert.equal(
      detail,
      `the budget per day is used up ($0.0500 of $0.05 spent, with 2 other runs since ${new Date().toISOString().slice(0, 10)})`,
    )
    assert.equal(third.state.instances.get('b')?.attempts.length, 0)
  })

  it('does not count simulated runs, runs of another name, nor, per run, any other', async (t) => {
    const folder = folderOf(t)
    const { plan, root } = await runText(folder, text('run'), { CENTS: '2' })
    assert.equal(plan.budget?.per, undefined)
    const again = await runText(folder, text('run'), { CENTS: '2' })
    assert.equal(again.state.ended?.result, 'success')
    const history = await localHistory(root, Date.now).read('daily')
    const per = 'day' as const
    assert.equal(spendingOfOthers(history, { id: '', simulated: false, per }, Date.now()).costUsd, 0.08)
    assert.equal(spendingOfOthers(history, { id: '', simulated: true, per }, Date.now()).costUsd, 0)
    assert.equal(spendingOfOthers(history, { id: '', simulated: false, per }, Date.now() + day).costUsd, 0)
  })

  it('says what is unknown when the record is damaged, and runs', async (t) => {
    const folder = folderOf(t)
    const { root } = await runText(folder, text('week'), { CENTS: '1' })
    appendFileSync(join(root, 'history.ndjson'), 'x\n')
    const { state } = await runText(folder, text('week'), { CENTS: '1' })
    assert.equal(state.ended?.result, 'success')
    assert.ok(
      state.notices.some(({ message }) =>
        /^not all is known of what earlier runs spent of the budget per week: .*line 2/.test(message),
      ),
      JSON.stringify(state.notices),
    )
  })

  it('is seen by runs that go on at the same time: what one spends, the other is told', async (t) => {
    const store = localHistory(folderOf(t), Date.now)
    let now = Date.now()
    const run = { id: 'me', name: 'n', simulated: false, per: 'day' } as const
    const shared = shareBudget(store, await store.read('n'), run, () => now)
    const told: RunEvent[] = []
    shared.connect((event) => told.push(event))
    await store.put(spentBy('you', 0.25, { ended: false }))
    shared.reporter.refresh?.()
    now += 2000
    shared.reporter.refresh?.()
    shared.reporter.refresh?.()
    await shared.reporter.onEnd?.(createRunState(), new AbortController().signal, undefined)
    assert.deepEqual(
      told.map((event) => event.type === 'budget.carried' && event.earlier.costUsd),
      [0.25],
    )
    assert.deepEqual(
      told.map((event) => event.type === 'budget.carried' && event.earlier.atLeast.costUsd),
      [true],
    )
  })

  it('counts for a resumed run only what it spends from now on', () => {
    const yesterday = new Date(Date.now() - day).toISOString().slice(0, 10)
    const history = { runs: [spentBy('me', 0, { days: { [yesterday]: [5000, 0.5, 0, 0] } }), spentBy('you', 0.25)] }
    const store = { read: () => Promise.resolve(history), put: () => Promise.resolve(history) }
    const { earlier } = shareBudget(store, history, { id: 'me', name: 'n', simulated: false, per: 'day' }, Date.now)
    assert.deepEqual([earlier.runs, earlier.tokens, earlier.costUsd], [1, 1000 - 5000, 0.25 - 0.5])
  })
})

describe('a forecast', () => {
  const text = `
name: varied
instances:
  a: { runtime: spender, prompt: x }
  b: { runtime: spender, prompt: x }
  more: { needs: [a, b], if: env.MORE == 'yes', runtime: spender, prompt: x }
  check: { needs: { instance: more, when: always }, run: 'true' }
`

  it('is within 20 % of what twenty runs came to, each forecast from those before it', async (t) => {
    const folder = folderOf(t)
    mkdirSync(join(folder, '.orchestrator'))
    const store = localHistory(join(folder, '.orchestrator'), Date.now)
    let forecast = 0
    let actual = 0
    for (let index = 0; index < 24; index++) {
      const cents = String(2 + ((index * 7) % 4))
      const { plan } = compile('o.yml', `${spender}\nenv: { MORE: '${index % 2 === 0 ? 'yes' : 'no'}' }\n${text}`)
      assert.ok(plan)
      const history = await store.read('varied')
      const expected = forecastOf(plan, history, engineOptions({ plan, environment: {} }, new Map()))
      assert.equal(expected === undefined, index === 0)
      const { report } = await run(plan, { workspace: folder, environment: { ...process.env, CENTS: cents } })
      if (index < 4) continue
      forecast += expected?.costUsd.median ?? 0
      actual += report.accounting.costUsd ?? 0
      assert.deepEqual(expected?.unknown, [])
      assert.ok((expected?.costUsd.p90 ?? 0) >= (expected?.costUsd.median ?? 0))
    }
    assert.ok(Math.abs(forecast - actual) <= 0.2 * actual, `forecast $${forecast}, spent $${actual}`)
  })

  it('names what never ran, takes a repeated group for one, and a plan that has never run for unknown', async (t) => {
    const folder = folderOf(t)
    const loop = (more: string) => `
name: loop
instances:
  green:
    repeat: { until: "needs.test.outcome == 'success'", max: 4 }
    sequence:
      - { id: fix, runtime: spender, prompt: x }
      - { id: test, run: 'echo x >> n; test $(wc -l < n) -ge 3', continue-on-error: true }
${more}`
    const { root, plan, report } = await runText(folder, loop(''), { CENTS: '2' })
    assert.equal(report.accounting.costUsd?.toFixed(2), '0.06')
    const history = await localHistory(root, Date.now).read('loop')
    const options = engineOptions({ plan, environment: {} }, new Map())
    assert.equal(forecastOf(plan, history, options)?.costUsd.median.toFixed(2), '0.06')
    const { plan: grown } = compile('o.yml', `${spender}${loop('  new: { runtime: spender, prompt: x }')}`)
    assert.ok(grown)
    assert.deepEqual(forecastOf(grown, history, options)?.unknown, ['new'])
    assert.equal(forecastOf(plan, { runs: [] }, options), undefined)
  })

  it('knows slots and edges: what runs one after the other takes the sum', async (t) => {
    const store = localHistory(folderOf(t), Date.now)
    const samples = { a: [1000, 1], b: [2000, 1], c: [4000, 1] } as const
    const history = await store.put(spentBy('r', 0, { name: 'o', samples }))
    const msOf = (limits: string): number | undefined => {
      const body = `instances:\n  a: { run: 'true' }\n  b: { run: 'true' }\n  c: { needs: a, run: 'true' }\n`
      const { plan } = compile('o.yml', `${limits}\n${body}`)
      assert.ok(plan)
      return forecastOf(plan, history, engineOptions({ plan, environment: {} }, new Map()))?.ms.median
    }
    assert.equal(msOf('limits: { max-parallel: 2 }'), 5000)
    assert.equal(msOf('limits: { max-parallel: 1 }'), 7000)
  })
})
