import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AttemptEnded, AttemptStarted, RunEvent } from '../../src/core/event.ts'
import { type Scenario, scenarios } from './ledger-scenarios.ts'
import { type LedgerServer, openLedgerServer, type Tokens } from './ledger-server.ts'
import type { Task } from '../../src/core/task.ts'
import { openRig, type Rig, taskOf } from './rig.ts'

/** A key of the shape that Claude Code takes without asking. */
const key = 'sk-ant-ledger-00000000000000000000000000'

let rig: Rig
let server: LedgerServer
before(async () => {
  server = await openLedgerServer()
  rig = await openRig({})
})
after(async () => {
  await rig.close()
  await server.close()
})

const kinds = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const

/** The variables by which a CLI finds the ledger. */
const reach = ({ runtime, unreachable }: Scenario, url: string): Record<string, string> => {
  const base = unreachable ? 'http://127.0.0.1:9' : url
  return runtime === 'claude'
    ? { ANTHROPIC_BASE_URL: base, ANTHROPIC_API_KEY: key }
    : { OPENAI_BASE_URL: `${base}/v1`, OPENAI_API_KEY: key }
}

const startOf =
  (id: string) =>
  (event: RunEvent): event is AttemptStarted =>
    event.type === 'attempt.started' && event.id === id

async function carryOut(
  scenario: Scenario,
  id: string,
  on: Rig = rig,
  task: Partial<Task> = {},
): Promise<{ ended: AttemptEnded; served: Tokens }> {
  let asked = (): void => {}
  const interrupted = new Promise<void>((done) => (asked = done))
  const url = server.open(id, ({ number }) => {
    if (number === scenario.after?.request) setImmediate(asked)
    return scenario.steps[Math.min(number, scenario.steps.length) - 1] ?? {}
  })
  const ending = on.run(
    taskOf(id, scenario.runtime, {
      action: { kind: 'prompt', prompt: 'Please do it.' },
      ...scenario.task,
      ...task,
      env: { ...reach(scenario, url), ...scenario.env },
    }),
  )
  if (scenario.after !== undefined) {
    await interrupted
    const { pid } = await on.until(startOf(id))
    if (scenario.after.do === 'kill') process.kill(pid, 'SIGKILL')
    else on.launcher.stop(id, 1, 'cancelled', 'term')
  }
  return { ended: await ending, served: server.served(id) }
}

/** What is known of the tokens through the key proxy. */
const proxied = new Map<Scenario, string>()
const wordOf = ({ accounting: { usage, partial } }: AttemptEnded): string =>
  usage === null ? 'unknown' : partial ? 'lower bound' : 'exact'

/** Rows of the table, by the order of the scenarios. */
const rows = new Map<Scenario, string>()

function check(scenario: Scenario, ended: AttemptEnded, served: Tokens): void {
  const { usage, partial, costUsd } = ended.accounting
  assert.equal(ended.failure?.kind, scenario.failure, JSON.stringify(ended.failure))
  assert.equal(ended.denials, scenario.denials ?? 0)
  if (scenario.account === 'unknown') assert.equal(usage, null)
  else {
    assert.ok(usage !== null, 'something is known')
    for (const kind of kinds) assert.ok(usage[kind] <= served[kind], `${kind}: ${usage[kind]} of ${served[kind]}`)
    const isExact = kinds.every((kind) => usage[kind] === served[kind])
    assert.ok(isExact || partial, `a silent difference: ${JSON.stringify({ usage, served })}`)
    assert.equal(partial, scenario.account === 'lower bound', JSON.stringify({ usage, served }))
  }
  if (scenario.cost === 'unknown') assert.equal(costUsd, null)
  else assert.ok(costUsd !== null)
}

/** The proxy answers where nobody does, and counts what a CLI does not. Nothing that was known without it is less known with it. */
function checkProxied(scenario: Scenario, { accounting, failure }: AttemptEnded, served: Tokens): void {
  const { usage, partial } = accounting
  const said = JSON.stringify({ accounting, failure, served })
  assert.equal(failure?.kind, scenario.unreachable ? 'overloaded' : scenario.failure, said)
  if (usage === null) return assert.equal(scenario.account, 'unknown', said)
  const isExact = kinds.every((kind) => usage[kind] === served[kind])
  for (const kind of kinds) assert.ok(usage[kind] <= served[kind], said)
  assert.ok(isExact || partial, `a silent difference: ${said}`)
  if (scenario.account === 'exact') assert.equal(partial, false, said)
}

/** An older version may end otherwise, and its books leave requests out: whatever was served, its account is marked, tokens and cost. */
function checkOlder({ accounting, failure }: AttemptEnded, served: Tokens): void {
  const { usage, partial, costUsd } = accounting
  const said = JSON.stringify({ accounting, failure, served })
  const isNothing = kinds.every((kind) => served[kind] === 0)
  assert.equal(partial, !isNothing, said)
  if (usage !== null) for (const kind of kinds) assert.ok(usage[kind] <= served[kind], said)
  if (isNothing) assert.equal(costUsd, 0, said)
}

function rowOf({ runtime, name, account, failure }: Scenario, { accounting }: AttemptEnded, served: Tokens): string {
  const figures = kinds.map((kind) => served[kind]).join(' / ')
  const cost =
    (accounting.costSource === 'cli' || accounting.costSource === 'none') && !accounting.partial
      ? `$${(accounting.costUsd ?? 0).toFixed(4)}`
      : accounting.costSource === 'unknown'
        ? 'unknown'
        : 'lower bound'
  return `| ${runtime} | ${name} | ${failure ?? 'success'} | ${account === 'exact' ? figures : '–'} | ${account} | ${cost} |`
}

describe('the account of a CLI against a ledger of our own', { concurrency: 3 }, () => {
  for (const [index, scenario] of scenarios.entries())
    it(`${scenario.runtime}: ${scenario.name}`, async () => {
      const { ended, served } = await carryOut(scenario, `l${index}`)
      check(scenario, ended, served)
      rows.set(scenario, rowOf(scenario, ended, served))
    })
})

describe('the account of a CLI that holds no key, against the same ledger', { concurrency: 3 }, () => {
  for (const [index, scenario] of scenarios.entries())
    it(`${scenario.runtime}: ${scenario.name}`, async () => {
      const { ended, served } = await carryOut(scenario, `p${index}`, rig, { credentials: 'proxy' })
      checkProxied(scenario, ended, served)
      const differing = rig.events.filter(
        (event) => event.type === 'notice' && event.id === `p${index}` && event.message.includes('key proxy'),
      )
      assert.deepEqual(differing, [])
      proxied.set(scenario, wordOf(ended))
    })
})

/** A directory with the program of Claude Code 2.1.197, the other version there are recordings of. */
const older = process.env['OLDER_CLAUDE'] ?? ''
const skip = older === '' && 'OLDER_CLAUDE names no directory with Claude Code 2.1.197'

describe('the account of an older Claude Code against the ledger', { skip, concurrency: 3 }, () => {
  let old: Rig
  before(async () => {
    old = await openRig({ environment: { PATH: [older, process.env['PATH']].join(delimiter) } })
  })
  after(() => old.close())
  for (const [index, scenario] of scenarios.entries())
    if (scenario.runtime === 'claude')
      it(scenario.name, async () => {
        const { ended, served } = await carryOut(scenario, `o${index}`, old)
        checkOlder(ended, served)
      })
})

describe('the table of the documentation', () => {
  it('is what these runs came to', () => {
    const path = resolve(import.meta.dirname, '../../docs/accounting.md')
    const page = readFileSync(path, 'utf8')
    const table = scenarios.map(
      (scenario) =>
        `${rows.get(scenario) ?? `| ${scenario.runtime} | ${scenario.name} | not run |`} ${proxied.get(scenario) ?? 'not run'} |`,
    )
    const [before = '', , rest = ''] = page.split(/<!-- (?:begin|end) of the table -->\n/)
    const head =
      '| CLI | what happens | ends as | served: in / from cache / to cache / out / reasoning | tokens | cost | tokens with `credentials: proxy` |\n| --- | --- | --- | --- | --- | --- | --- |'
    const made = `${before}<!-- begin of the table -->\n${head}\n${table.join('\n')}\n<!-- end of the table -->\n${rest}`
    if (process.env['UPDATE_GOLDEN']) writeFileSync(path, made)
    assert.equal(readFileSync(path, 'utf8'), made)
  })
})
