import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { Agent } from '../../src/agents/agent.ts'
import { claude } from '../../src/agents/claude/claude.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import { copilot } from '../../src/agents/copilot/copilot.ts'
import { gemini } from '../../src/agents/gemini/gemini.ts'
import { opencode } from '../../src/agents/opencode/opencode.ts'
import { pi } from '../../src/agents/pi/pi.ts'
import { qwen } from '../../src/agents/qwen/qwen.ts'
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
/** As APIs say it that do not tell what was written to the cache. */
const uncached = '1200/400/0/50/0'
const uncachedTwice = '2501/810/0/101/0'

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
  'append-system-prompt': { end: 0, text: 'TWO', usage: once },
  'auth-token': { end: 0, text: 'AT', usage: once },
  bare: { end: 0, text: 'TWO', usage: twice },
  'ci-env': { end: 0, text: 'F', usage: twice },
  'config-dir': { end: 0, text: 'AT', usage: once },
  'err-401': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'err-529x2-retryafter': { end: 0, text: 'RECOVERED', usage: once },
  'evil-bare': { end: 0, text: 'F', usage: twice, denials: 1 },
  'evil-default': { end: 0, text: 'F', usage: twice, denials: 1 },
  'evil-restricted': { end: 0, text: 'F', usage: twice },
  'evil-safe': { end: 0, text: 'F', usage: twice, denials: 1 },
  'evil-sources-user-strict': { end: 0, text: 'F', usage: twice, denials: 1 },
  'evil-sources-user': { end: 0, text: 'F', usage: twice, denials: 1 },
  'hang-timeout': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'hooks-events': { end: 0, text: 'FINAL', usage: twice },
  hooks: { end: 0, text: 'FINAL', usage: twice },
  'max-turns-1-tool': { end: 1, failure: 'exit', usage: once },
  'max-turns-exact': { end: 0, text: 'FINAL', usage: twice },
  'mcp-tool-abs': { end: 0, text: 'FINAL', usage: twice },
  'mcp-tool-notallowed': { end: 0, text: 'FINAL', usage: twice, denials: 1 },
  'model-haiku': { end: 0, text: 'TWO', usage: once },
  'model-sonnet': { end: 0, text: 'TWO', usage: once },
  'no-persist': { end: 0, text: 'TWO', usage: once },
  'no-tools': { end: 0, text: '{"title":"fake title","isNewTopic":true}', usage: '7/0/0/3/0', partial: true },
  'nonroot-skip': { end: 0, text: 'NOBODY', usage: twice },
  'pm-acceptEdits': { end: 0, text: 'F', usage: twice },
  'pm-auto': { end: 0, text: 'F', usage: twice },
  'pm-dontAsk': { end: 0, text: 'F', usage: twice, denials: 1 },
  'pm-manual': { end: 0, text: 'F', usage: twice, denials: 1 },
  'pm-plan': { end: 0, text: 'F', usage: twice, denials: 1 },
  'ppt-allow': { end: 0, text: 'FINAL', usage: twice },
  'ppt-deny': { end: 0, text: 'FINAL', usage: twice, denials: 1 },
  'resume-fork': { end: 0, text: 'FORK', usage: once },
  'session-id': { end: 0, text: 'ONE', usage: once },
  'settings-deny': { end: 0, text: 'FINAL', usage: twice, denials: 1 },
  'sighup-tool': { end: 129, failure: 'signal', usage: '2100/810/401/6/0', partial: true },
  'sigkill-group-tool': { end: 'SIGKILL', failure: 'signal', usage: '2100/810/401/6/0', partial: true },
  'sigterm-group-tool': { end: 143, failure: 'signal', usage: '2100/810/401/6/0', partial: true },
  'sigterm-partial': { end: 143, failure: 'signal', usage: null, partial: true },
  'stdin-big': { end: 0, text: 'BIG', usage: once },
  'stdin-prompt': { end: 0, text: 'STDIN-OK', usage: once },
  'tool-acceptedits-write': { end: 0, text: 'FINAL', usage: twice },
  'tool-bash-dontask': { end: 0, text: 'FINAL', usage: twice, denials: 1 },
  'tool-skip-sandbox': { end: 0, text: 'FINAL', usage: twice },
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
  success2: { end: 0, text: 'DONE-42', usage: once, partial: true },
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
  ephemeral: { end: 0, text: 'E', usage: once },
  evil: { end: 0, text: 'hi', usage: once },
  mcp: { end: 0, text: 'FINAL', usage: twice },
  'n20-sigterm': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'resume-a': { end: 0, text: 'ONE', usage: once },
  'sigint-tool': { end: 1, failure: 'exit', usage: null, partial: true },
  'sigint-waiting': { end: 1, failure: 'exit', usage: null, partial: true },
  'sigkill-group-tool': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigkill-tool': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigterm-group-tool': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'sigterm-sandboxed-tool': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'sigterm-waiting': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'tool-bypass': { end: 0, text: 'FINAL', usage: twice },
  'tool-ro': { end: 0, text: 'FINAL', usage: twice },
}

/** Cost is never known, and nothing of one that was ended: its only account is its last line. */
const ofGemini: Record<string, Expected> = {
  success: { end: 0, text: 'DONE-42', usage: '1200/400/0/50/0', costUsd: null },
  'success-auto': { end: 0, usage: '2400/800/0/100/0' },
  'tool-yolo': { end: 0, text: 'FINAL', usage: '2501/810/0/101/0' },
  'tool-write': { end: 0, text: 'FINAL', usage: '2501/810/0/101/0' },
  'tool-default': { end: 0, text: 'FINAL', usage: '2501/810/0/101/0', denials: 1 },
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
  'err-500x1': { end: 0, text: 'REC', usage: uncached },
  evil: { end: 0, text: 'hi', usage: uncached },
  'resume-latest': { end: 0, text: 'THREE', usage: uncached },
  'session-id': { end: 0, text: 'ONE', usage: uncached },
  'sigint-norelaunch-waiting': { end: 0, failure: 'crash', usage: null, partial: true },
  'sigint-waiting': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigkill-group-tool': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigkill-tool': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigterm-group-tool': { end: 0, failure: 'crash', usage: null, partial: true },
  'sigterm-group-waiting': { end: 0, failure: 'crash', usage: null, partial: true },
  'sigterm-tool': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigterm-waiting': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'success-norelaunch': { end: 0, text: 'DONE-42', usage: uncached },
}

/**
 * Cost is never known. The input has what was written to the cache; but for `bare`, a request of its own is counted beside that of its user. A resumed
 * session counts what was before, which this orchestrator does not do.
 */
const ofQwen: Record<string, Expected> = {
  anthropic: { end: 0, text: 'DONE-42', usage: uncachedTwice },
  bare: { end: 0, text: 'DONE-42', usage: uncached },
  'err-400': { end: 1, failure: 'exit', usage: nothing },
  'err-401': { end: 1, failure: 'auth', usage: nothing },
  'err-404': { end: 1, failure: 'exit', usage: nothing },
  'err-429x1': { end: 0, text: 'REC', usage: uncachedTwice },
  'err-500': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  evil: { end: 0, text: 'hi', usage: uncachedTwice },
  'json-schema': { end: 0, text: '{"name":"bob"}', usage: uncached, schema: true },
  'max-tool-calls': { end: 55, failure: 'exit', usage: '3903/1230/0/153/0' },
  'max-turns': { end: 53, failure: 'exit', usage: uncachedTwice },
  resume: { end: 0, text: 'TWO', usage: '5002/1620/0/202/0' },
  'session-id': { end: 0, text: 'ONE', usage: uncachedTwice },
  'sigkill-tool': { end: 'SIGKILL', failure: 'signal', usage: uncachedTwice, partial: true },
  'sigterm-group-tool': { end: 'SIGTERM', failure: 'signal', usage: uncachedTwice, partial: true },
  'sigterm-tool': { end: 'SIGTERM', failure: 'signal', usage: uncachedTwice, partial: true },
  'sigterm-waiting': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  success: { end: 0, text: 'DONE-42', usage: uncachedTwice },
  'tool-default': { end: 0, text: 'FINAL', usage: uncachedTwice },
  'tool-par-think': { end: 0, text: 'FINAL', usage: uncachedTwice },
  'tool-yolo': { end: 0, text: 'FINAL', usage: uncachedTwice },
}

/** What it used stands in a file of its session, which the recordings do not have. */
const ofCopilot: Record<string, Expected> = {
  anthropic: { end: 0, text: 'ANT', usage: null, partial: true },
  'err-400': { end: 1, failure: 'exit', usage: nothing },
  'err-401': { end: 1, failure: 'auth', usage: nothing },
  'err-404': { end: 1, failure: 'exit', usage: nothing },
  'err-500': { end: 1, failure: 'overloaded', usage: nothing },
  evil: { end: 0, text: 'hi', usage: null, partial: true },
  responses: { end: 0, text: 'RESP', usage: null, partial: true },
  resume: { end: 0, text: 'TWO', usage: null, partial: true },
  'session-id': { end: 0, text: 'ONE', usage: null, partial: true },
  'sigkill-tool': { end: 'SIGKILL', failure: 'signal', usage: null, partial: true },
  'sigterm-group-tool': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'sigterm-native-tool': { end: 0, failure: 'crash', usage: null, partial: true },
  'sigterm-tool': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  'sigterm-waiting': { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  success: { end: 0, text: 'DONE-42', usage: null, partial: true },
  'tool-noallow': { end: 0, text: 'FINAL', usage: null, partial: true, denials: 1 },
  tool: { end: 0, text: 'FINAL', usage: null, partial: true },
}

/** Cost is never known, and nothing of a step that has no end. */
const ofOpencode: Record<string, Expected> = {
  anthropic: { end: 0, text: 'ANT', usage: once },
  'bad-model': { end: 1, failure: 'exit', usage: nothing },
  'err-400': { end: 1, failure: 'exit', usage: nothing },
  'err-401': { end: 1, failure: 'auth', usage: nothing },
  'err-404': { end: 1, failure: 'exit', usage: nothing },
  'err-429x1': { end: 0, text: 'REC', usage: uncached },
  'err-500x1': { end: 0, text: 'REC', usage: uncached },
  evil: { end: 0, text: 'hi', usage: uncached },
  resume: { end: 0, text: 'TWO', usage: uncached },
  'sigint-tool': { end: 'SIGINT', failure: 'signal', usage: uncached, partial: true },
  'sigkill-tool': { end: 'SIGKILL', failure: 'signal', usage: uncached, partial: true },
  'sigterm-group-tool': { end: 'SIGTERM', failure: 'signal', usage: uncached, partial: true },
  'sigterm-tool': { end: 'SIGTERM', failure: 'signal', usage: uncached, partial: true },
  sseerr: { end: 'SIGTERM', failure: 'signal', usage: null, partial: true },
  success: { end: 0, text: 'DONE-42', usage: uncached },
  title: { end: 0, text: 'DONE-42', usage: uncached },
  'tool-write': { end: 0, text: 'FINAL', usage: uncachedTwice },
  tool: { end: 0, text: 'FINAL', usage: uncachedTwice },
}

/** Cost is never known. It exits with 0 when the API refused. */
const ofPi: Record<string, Expected> = {
  anthropic: { end: 0, text: 'ANT', usage: once },
  'err-401': { end: 0, failure: 'auth', usage: nothing },
  'err-500': { end: 0, failure: 'overloaded', usage: nothing },
  success: { end: 0, text: 'DONE-42', usage: uncached },
  tool: { end: 0, text: 'FINAL', usage: uncachedTwice },
}

const tables: readonly (readonly [string, Agent, Record<string, Expected>])[] = [
  ['claude-2.1.329', claude, ofClaude],
  ['claude-2.1.197', claude, ofOlderClaude],
  ['codex-0.169.0', codex, ofCodex],
  ['gemini-0.61.0', gemini, ofGemini],
  ['qwen-0.24.4', qwen, ofQwen],
  ['copilot-1.0.102', copilot, ofCopilot],
  ['opencode-1.18.33', opencode, ofOpencode],
  ['pi-0.74.2', pi, ofPi],
]

const exitAs = (end: Expected['end']): Partial<Exit> =>
  typeof end === 'number' ? { code: end } : { code: null, signal: end }

for (const [version, agent, table] of tables)
  describe(`recordings of ${version}`, () => {
    it('are all in this table', () => {
      const recorded = readdirSync(resolve(import.meta.dirname, '../fixtures/agents', version))
      assert.deepEqual(recorded.map((file) => file.replace('.ndjson', '')).toSorted(), Object.keys(table).toSorted())
    })
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
