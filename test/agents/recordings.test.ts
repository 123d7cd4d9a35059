import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Agent } from '../../src/agents/agent.ts'
import { claude } from '../../src/agents/claude/claude.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import { gemini } from '../../src/agents/gemini/gemini.ts'
import { zeroUsage } from '../../src/core/usage.ts'
import type { Exit } from '../../src/process/spawn.ts'
import { directoryOf, exitOf, replay } from './replay.ts'
import { taskOf } from './rig.ts'

interface Expected {
  /** Exit code, or the signal that ended it. */
  readonly end: number | NodeJS.Signals
  /** Kind of the failure; undefined is success. */
  readonly failure?: string
  readonly text?: string
  /** input/cacheRead/cacheWrite/output/reasoning, or null when nothing is known. */
  readonly usage: string | null
  readonly costUsd?: number | null
  readonly partial?: true
  readonly denials?: number
  readonly schema?: true
}

const nothing = '0/0/0/0/0'
const once = '1000/400/200/50/0'
const twice = '2100/810/401/101/0'

/** What the model server of the recording served is the truth; it served 1000/400/200/50 for a first request. */
const ofClaude: Record<string, Expected> = {
  success: { end: 0, text: 'DONE-42', usage: once, costUsd: 0.00608 },
  'success-partial': { end: 0, text: 'DONE-42', usage: once },
  'tool-bash-allowed': { end: 0, text: 'FINAL', usage: twice },
  'tool-bash-default': { end: 0, text: 'FINAL', usage: twice, denials: 1 },
  'bash-fail': { end: 0, text: 'FINAL', usage: twice },
  'hooks-block': { end: 0, text: 'FINAL', usage: twice, denials: 1 },
  'mcp-broken': { end: 0, text: 'FINAL', usage: once },
  'multi-block': { end: 0, text: 'FINAL', usage: twice },
  subagent: { end: 0, text: 'FINAL', usage: '5400/2040/1004/254/0', costUsd: 0.032108 },
  'subagent-task': { end: 0, text: 'FINAL', usage: '4300/1630/803/203/0' },
  'subagent-fg': { end: 0, text: 'FINAL', usage: '4200/1620/802/202/0' },
  'subagent-nobg': { end: 0, text: 'FINAL', usage: '4200/1620/802/202/0' },
  resume: { end: 0, text: 'TWO', usage: once, costUsd: 0.00608 },
  continue: { end: 0, text: 'THREE', usage: once, costUsd: 0.00608 },
  'model-unknown': { end: 0, text: 'TWO', usage: once, costUsd: null },
  'model-fallback': { end: 0, text: 'TWO', usage: once, costUsd: 0.00304 },
  'oauth-token': { end: 0, text: 'AT', usage: once },
  'err-429x2': { end: 0, text: 'RECOVERED', usage: once },
  sseerr: { end: 0, text: 'FAKE-OK ca084607', usage: once, partial: true },
  'json-schema': { end: 0, text: '{"name":"bob","n":3}', usage: once, schema: true },
  'json-schema-tool-first': { end: 0, text: '{"name":"bob","n":3}', usage: twice, schema: true },
  'json-schema-bad': { end: 0, failure: 'invalid-output', usage: '3300/1230/603/153/0', schema: true },
  'json-schema-ignored': { end: 0, failure: 'invalid-output', usage: twice, schema: true },
  'max-turns': { end: 1, failure: 'exit', usage: twice },
  'max-budget': { end: 1, failure: 'budget', usage: '4600/1660/806/206/0', costUsd: 0.026882 },
  'err-400': { end: 1, failure: 'exit', text: '', usage: nothing },
  'err-401-max0': { end: 1, failure: 'auth', text: '', usage: nothing },
  'err-403': { end: 1, failure: 'auth', usage: nothing },
  'err-404': { end: 1, failure: 'exit', usage: nothing },
  'err-413': { end: 1, failure: 'exit', usage: nothing },
  'err-429-max1': { end: 1, failure: 'rate-limit', usage: nothing },
  'err-500-max1': { end: 1, failure: 'overloaded', usage: nothing },
  'err-529-max1': { end: 1, failure: 'overloaded', usage: nothing },
  'no-key': { end: 1, failure: 'auth', usage: nothing },
  cut: { end: 1, failure: 'crash', usage: nothing, partial: true },
  'slow-timeout': { end: 1, failure: 'timeout', usage: nothing, partial: true },
  'resume-missing': { end: 1, failure: 'exit', usage: nothing },
  'ppt-missing': { end: 1, failure: 'exit', usage: '1000/400/200/3/0', partial: true },
  'conn-refused': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'sigint-waiting': { end: 0, failure: 'crash', usage: null, partial: true },
  'sigterm-waiting': { end: 143, failure: 'signal', usage: null, partial: true },
  'sigterm-streaming': { end: 143, failure: 'signal', usage: null, partial: true },
  'sigterm-tool': { end: 143, failure: 'signal', usage: '2100/810/401/6/0', partial: true },
  'sigkill-tool': { end: 'SIGKILL', failure: 'signal', usage: '2100/810/401/6/0', partial: true },
}

/** A version that leaves requests out of its books: whatever it says is a lower bound. */
const ofOlderClaude: Record<string, Expected> = {
  success: { end: 0, text: 'DONE-42', usage: once, costUsd: 0.0077, partial: true },
  'tool-bash': { end: 0, text: 'FINAL', usage: twice, partial: true },
  subagent: { end: 0, text: 'FINAL', usage: '4200/1620/802/202/0', partial: true },
  resume: { end: 0, text: 'DONE-43', usage: once, partial: true },
  'json-schema': { end: 0, text: '{"name":"bob"}', usage: once, schema: true, partial: true },
  'max-turns': { end: 1, failure: 'exit', usage: twice, partial: true },
  'max-budget': { end: 1, failure: 'budget', usage: '3300/1230/603/153/0', partial: true },
  'err-401': { end: 1, failure: 'auth', usage: nothing },
  'err-529': { end: 1, failure: 'overloaded', usage: nothing },
}

/** Cost is never known; a killed Codex leaves its account in a file that recordings do not have. */
const ofCodex: Record<string, Expected> = {
  success: { end: 0, text: 'DONE-42', usage: once, costUsd: null },
  'tool-ww': { end: 0, text: 'FINAL', usage: twice },
  'tool-par': { end: 0, text: 'FINAL', usage: '2100/810/401/101/20' },
  'tool-ro-write': { end: 0, text: 'FINAL', usage: twice },
  'mcp-broken': { end: 0, text: 'FINAL', usage: once },
  'openai-base': { end: 0, text: 'OPENAI-BASE', usage: once },
  'err-500x2-retry': { end: 0, text: 'REC', usage: once },
  'output-schema': { end: 0, text: '{"name":"bob"}', usage: once, schema: true },
  'output-schema-bad': { end: 0, failure: 'invalid-output', usage: once, schema: true },
  'err-400': { end: 1, failure: 'exit', usage: nothing },
  'err-401': { end: 1, failure: 'auth', usage: nothing },
  'err-404': { end: 1, failure: 'exit', usage: nothing },
  'err-429': { end: 1, failure: 'rate-limit', usage: nothing },
  'err-500': { end: 1, failure: 'overloaded', usage: nothing },
  'err-529': { end: 1, failure: 'overloaded', usage: nothing },
  'no-key': { end: 1, failure: 'auth', usage: nothing },
  sseerr: { end: 1, failure: 'crash', usage: null, partial: true },
  cut: { end: 1, failure: 'crash', usage: null, partial: true },
  'sigterm-tool': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'n20-sigkill': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
}

/** Cost is never known, and nothing of one that was ended: its only account is its last line. */
const ofGemini: Record<string, Expected> = {
  success: { end: 0, text: 'DONE-42', usage: '1200/400/0/50/0', costUsd: null },
  'success-auto': { end: 0, usage: '2400/800/0/100/0' },
  'tool-yolo': { end: 0, text: 'FINAL', usage: '2501/810/0/101/0' },
  'tool-write': { end: 0, text: 'FINAL', usage: '2501/810/0/101/0' },
  'tool-default': { end: 0, text: 'FINAL', usage: '2501/810/0/101/0' },
  resume: { end: 0, usage: '1200/400/0/50/0' },
  'err-429x1': { end: 0, text: 'REC', usage: '1200/400/0/50/0' },
  'err-429-per-minute': { end: 173, failure: 'rate-limit', usage: nothing },
  'err-429-per-day': { end: 173, failure: 'quota', usage: nothing },
  'max-turns': { end: 53, failure: 'exit', usage: '2501/810/0/101/0' },
  'err-400': { end: 144, failure: 'exit', usage: nothing },
  'err-401': { end: 145, failure: 'auth', usage: nothing },
  'err-403': { end: 147, failure: 'auth', usage: nothing },
  'err-404': { end: 1, failure: 'exit', usage: nothing },
  cut: { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'sigterm-norelaunch-waiting': { end: 0, failure: 'crash', usage: null, partial: true },
  'sigterm-norelaunch-tool': { end: 0, failure: 'crash', usage: null, partial: true },
}

const tables: readonly (readonly [string, Agent, Record<string, Expected>])[] = [
  ['claude-2.1.329', claude, ofClaude],
  ['claude-2.1.197', claude, ofOlderClaude],
  ['codex-0.169.0', codex, ofCodex],
  ['gemini-0.61.0', gemini, ofGemini],
]

const exitAs = (end: Expected['end']): Partial<Exit> =>
  typeof end === 'number' ? { code: end } : { code: null, signal: end }

for (const [version, agent, table] of tables)
  describe(`recordings of ${version}`, () => {
    for (const [name, expected] of Object.entries(table))
      it(name, async () => {
        const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } as const
        const task = expected.schema ? { outputSchema: schema } : {}
        const { failure, text, accounting, denials } = await replay(
          agent,
          `${version}/${name}`,
          exitAs(expected.end),
          task,
        )
        const { usage, costUsd, partial } = accounting
        assert.equal(failure?.kind, expected.failure, JSON.stringify(failure))
        assert.equal(
          usage && `${usage.input}/${usage.cacheRead}/${usage.cacheWrite}/${usage.output}/${usage.reasoning}`,
          expected.usage,
        )
        assert.equal(partial, expected.partial ?? false)
        assert.equal(denials, expected.denials ?? 0)
        if (expected.text !== undefined) assert.equal(text, expected.text)
        if (typeof expected.costUsd === 'number')
          assert.ok(Math.abs((costUsd ?? 0) - expected.costUsd) < 1e-9, `${costUsd}`)
        else if (expected.costUsd === null) assert.equal(costUsd, null)
      })
  })

describe('a limit per minute that Gemini calls a quota', () => {
  it('is waited for as long as the API asks', async () => {
    const { failure } = await replay(gemini, 'gemini-0.61.0/err-429-per-minute', { code: 173 })
    assert.equal(failure?.kind === 'rate-limit' && failure.retryAfterMs, 27_338)
  })
})

describe('an attempt that gives way', () => {
  const replayed = (name: string, code: number) =>
    replay(claude, `claude-2.1.329/${name}`, { code }, { givesWay: true })

  it('ends at a first refusal, and nothing was spent', async () => {
    const { failure, accounting, events } = await replayed('err-529-max1', 143)
    assert.deepEqual(failure, { kind: 'overloaded', detail: 'API Error: 529' })
    assert.equal(events.filter(({ type }) => type === 'refused').length, 1)
    assert.deepEqual([accounting.usage, accounting.partial], [zeroUsage, false])
  })

  it('succeeds when it had its answer before it was ended', async () => {
    const { failure, text } = await replayed('err-429x2', 0)
    assert.equal(failure, null)
    assert.equal(text, 'RECOVERED')
  })

  it('goes on after any other error', async () => {
    const { events } = await replayed('err-500-max1', 1)
    assert.ok(events.every(({ type }) => type !== 'refused'))
  })
})

describe('a refusal that Codex tells in prose', () => {
  const refusalOf = async (message: string) => {
    const task = taskOf('x', 'codex', { action: { kind: 'prompt', prompt: 'go' } })
    const parser = await codex.parser(task, directoryOf('/nowhere'))
    parser.line('{"type":"thread.started","thread_id":"t"}')
    parser.line(JSON.stringify({ type: 'turn.failed', error: { message } }))
    const { failure } = await parser.end(exitOf({ code: 1 }))
    assert.ok(failure?.kind === 'rate-limit', JSON.stringify(failure))
    return failure.retryAfterMs
  }

  it('says how long to wait', async () => {
    const limit = 'Rate limit reached for gpt-5 in organization org-1 on tokens per min (TPM).'
    assert.equal(await refusalOf(`${limit} Please try again in 8s.`), 8000)
    assert.equal(await refusalOf(`${limit} Please try again in 350ms.`), 350)
    assert.equal(await refusalOf(`${limit} Please try again in 1m2.5s. Visit https://example.com`), 62_500)
    assert.equal(await refusalOf(`${limit} Please try again in 2h0m0s.`), 7_200_000)
    assert.equal(await refusalOf(`${limit} Please try again in 5 minutes.`), 300_000)
    assert.equal(await refusalOf('exceeded retry limit, last status: 429 Too Many Requests'), undefined)
  })
})

describe('while a recording runs', () => {
  it('the account only grows and never passes the final one', async () => {
    const { events, accounting } = await replay(claude, 'claude-2.1.329/multi-block', { code: 0 })
    const seen = events.flatMap((event) => (event.type === 'accounting' ? [event.accounting.usage?.input ?? 0] : []))
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    )
    assert.equal(seen.at(-1), accounting.usage?.input)
  })

  it('what it does is told', async () => {
    const { events } = await replay(claude, 'claude-2.1.329/tool-bash-allowed', { code: 0 })
    const activities = events.flatMap((event) => (event.type === 'activity' ? [event.text] : []))
    assert.match(activities.join('\n'), /^Bash: /m)
  })

  it('a retry that the API timed tells how long it asked to wait', async () => {
    const { failure } = await replay(claude, 'claude-2.1.329/err-429-max1', { code: 1 })
    assert.ok(failure?.kind === 'rate-limit' && failure.retryAfterMs === undefined)
  })
})
