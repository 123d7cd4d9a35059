import assert from 'node:assert/strict'
import type { AttemptEnded, AttemptStarted, RunEvent } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import type { Scenario } from './ledger-scenarios.ts'
import type { LedgerServer, Tokens } from './ledger-server.ts'
import { type Rig, taskOf } from './rig.ts'

/** A key of the shape that Claude Code takes without asking. */
const key = 'sk-ant-ledger-00000000000000000000000000'

/** Kinds of tokens. */
export const kinds = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const

/** The variables by which each CLI finds the ledger. */
const reaches: Readonly<Record<string, (base: string) => Record<string, string>>> = {
  claude: (base) => ({ ANTHROPIC_BASE_URL: base, ANTHROPIC_API_KEY: key }),
  codex: (base) => ({ OPENAI_BASE_URL: `${base}/v1`, OPENAI_API_KEY: key }),
  gemini: (base) => ({ GOOGLE_GEMINI_BASE_URL: base, GEMINI_API_KEY: key }),
  copilot: (base) => ({
    COPILOT_OFFLINE: 'true',
    COPILOT_PROVIDER_BASE_URL: `${base}/v1`,
    COPILOT_PROVIDER_API_KEY: key,
    COPILOT_MODEL: 'gpt-4.1',
  }),
  qwen: (base) => ({ OPENAI_BASE_URL: `${base}/v1`, OPENAI_API_KEY: key, OPENAI_MODEL: 'gpt-4.1' }),
}
const reach = ({ runtime, unreachable }: Scenario, url: string): Record<string, string> =>
  reaches[runtime]?.(unreachable ? 'http://127.0.0.1:9' : url) ?? {}

const startOf =
  (id: string) =>
  (event: RunEvent): event is AttemptStarted =>
    event.type === 'attempt.started' && event.id === id

/** Carries a scenario out on a rig, against a server. */
export async function carryOut(
  scenario: Scenario,
  id: string,
  { rig: on, server }: { readonly rig: Rig; readonly server: LedgerServer },
  task: Partial<Task> = {},
): Promise<{ ended: AttemptEnded; served: ReturnType<LedgerServer['served']> }> {
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
    else if (scenario.after.do === 'interrupt') process.kill(-pid, 'SIGINT')
    else on.launcher.stop(id, 1, 'cancelled', 'term')
  }
  const ended = await ending
  const served = server.served(id)
  return { ended, served: scenario.untold === undefined ? served : { ...served, reasoning: 0 } }
}

/** Holds what an attempt said against what it was served: equal, or marked and no more. */
export function check(scenario: Scenario, ended: AttemptEnded, served: Tokens): void {
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

/** The proxy counts what a CLI does not. Nothing that was known without it is less known with it. */
export function checkProxied(scenario: Scenario, { accounting, failure }: AttemptEnded, served: Tokens): void {
  const { usage, partial } = accounting
  const said = JSON.stringify({ accounting, failure, served })
  if (usage === null) return assert.equal(scenario.account, 'unknown', said)
  const isExact = kinds.every((kind) => usage[kind] === served[kind])
  for (const kind of kinds) assert.ok(usage[kind] <= served[kind], said)
  assert.ok(isExact || partial, `a silent difference: ${said}`)
  if (scenario.account === 'exact') assert.equal(partial, false, said)
}

/** What is known of the tokens. */
export const wordOf = ({ accounting: { usage, partial } }: AttemptEnded): string =>
  usage === null ? 'unknown' : partial ? 'lower bound' : 'exact'

/** The row of a scenario in the documentation. */
export function rowOf(
  { runtime, name, account, failure }: Scenario,
  { accounting }: AttemptEnded,
  served: Tokens,
): string {
  const figures = kinds.map((kind) => served[kind]).join(' / ')
  const cost =
    (accounting.costSource === 'cli' || accounting.costSource === 'none') && !accounting.partial
      ? `$${(accounting.costUsd ?? 0).toFixed(4)}`
      : accounting.costSource === 'unknown'
        ? 'unknown'
        : 'lower bound'
  return `| ${runtime} | ${name} | ${failure ?? 'success'} | ${account === 'exact' ? figures : '–'} | ${account} | ${cost} |`
}
