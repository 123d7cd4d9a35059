import type { Task } from '../../src/core/task.ts'
import type { Step } from './ledger-server.ts'

/** A run of one CLI against the ledger, and what its account must be. */
export interface Scenario {
  readonly runtime: string
  /** As the table of `docs/accounting.md` names it. */
  readonly name: string
  readonly steps: readonly Step[]
  readonly task?: Partial<Task>
  readonly env?: Readonly<Record<string, string>>
  /** Kind of the failure; absent is success. */
  readonly failure?: string | undefined
  /** `exact`: to the token; `lower bound`: marked, and no more than was served; `unknown`: nothing is said. */
  readonly account: 'exact' | 'lower bound' | 'unknown'
  /** What its CLI does not tell apart, as part of what it does. */
  readonly untold?: readonly 'reasoning'[]
  /** Whether the cost is known, as far as the tokens are. */
  readonly cost?: 'known' | 'unknown'
  readonly denials?: number
  /** What is done to it once the ledger has begun to answer its nth request. */
  readonly after?: { readonly request: number; readonly do: 'cancel' | 'interrupt' | 'kill' }
  /** Nothing listens where it looks for its model. */
  readonly unreachable?: true
}

const schema = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
} as const
const outputSchema = { outputSchema: schema }
const bash = { allowedTools: ['Bash'] }
const autonomous = { safety: 'autonomous' } as const
const noRetries = { CLAUDE_CODE_MAX_RETRIES: '0' }
const answer: Step = { text: 'DONE' }
const tool: Step = { text: 'I look first.', run: ['echo a'] }
const structured = (input: object): Step => ({ call: [{ name: 'StructuredOutput', input }] })
const subagent = (background: boolean): Step => ({
  call: [
    {
      name: 'Task',
      input: {
        description: 'look',
        prompt: 'Look around.',
        subagent_type: 'general-purpose',
        run_in_background: background,
      },
    },
  ],
})
const zeroWidth = '\u200B\u200D\uFEFF\u2060'

const ofClaude: readonly Omit<Scenario, 'runtime'>[] = [
  { name: 'an answer', steps: [answer], account: 'exact' },
  { name: 'a tool', steps: [tool, answer], task: bash, account: 'exact' },
  { name: 'three tools in a row', steps: [tool, tool, tool, answer], task: bash, account: 'exact' },
  {
    name: 'two tools in one message',
    steps: [{ text: 'Both.', run: ['echo a', 'echo b'] }, answer],
    task: bash,
    account: 'exact',
  },
  { name: 'reasoning', steps: [{ ...answer, usage: { output: 90, reasoning: 40 } }], account: 'exact' },
  {
    name: 'a large cache',
    steps: [{ ...answer, usage: { input: 3, cacheRead: 90_000, cacheWrite: 5000 } }],
    account: 'exact',
  },
  { name: 'a subagent', steps: [subagent(false), { text: 'seen' }, answer], account: 'exact' },
  { name: 'a subagent in the background', steps: [subagent(true), answer], account: 'exact' },
  { name: 'a denied tool', steps: [{ run: ['touch forbidden'] }, answer], account: 'exact', denials: 1 },
  {
    name: 'a prompt that begins with a slash',
    steps: [answer],
    task: { action: { kind: 'prompt', prompt: '/help me' } },
    account: 'exact',
  },
  { name: 'an unknown model', steps: [answer], task: { model: 'made-up-model' }, account: 'exact', cost: 'unknown' },
  {
    name: 'a fallback to another model',
    steps: [...Array.from({ length: 3 }, () => ({ status: 529 })), answer],
    task: { args: ['--fallback-model', 'sonnet'] },
    account: 'exact',
  },
  { name: 'the limit of turns', steps: [tool], task: { ...bash, maxTurns: 2 }, account: 'exact', failure: 'exit' },
  {
    name: 'the budget',
    steps: [tool],
    task: { ...bash, budget: { costUsd: 0.01, warnAt: 1, onExceeded: 'stop' } },
    account: 'exact',
    failure: 'budget',
  },
  { name: 'a structured answer', steps: [structured({ name: 'bob' }), answer], task: outputSchema, account: 'exact' },
  {
    name: 'a structured answer that never fits',
    steps: [structured({ n: 1 })],
    task: outputSchema,
    account: 'exact',
    failure: 'invalid-output',
  },
  {
    name: 'a structured answer that is repaired',
    steps: [{ text: 'no' }, { text: 'no' }, { text: 'no' }, { text: '{"name":"bob"}' }],
    task: outputSchema,
    account: 'exact',
  },
  { name: 'an empty answer', steps: [{ text: '' }], account: 'exact', failure: 'no-output' },
  { name: 'an answer without a width', steps: [{ text: zeroWidth }], account: 'exact', failure: 'no-output' },
  {
    name: 'an answer that is too long',
    steps: [{ text: 'so far', stopReason: 'max_tokens' }],
    account: 'exact',
    failure: 'exit',
  },
  ...[400, 401, 403, 429, 500, 529].map((status) => ({
    name: `status ${status}`,
    steps: [{ status, message: `refused with ${status}` }],
    env: noRetries,
    account: 'exact' as const,
    failure: { 400: 'exit', 401: 'auth', 403: 'auth', 429: 'rate-limit' }[status] ?? 'overloaded',
  })),
  {
    name: 'status 500 after a round',
    steps: [tool, { status: 500 }],
    task: bash,
    env: noRetries,
    account: 'exact',
    failure: 'overloaded',
  },
  { name: 'status 529, then an answer', steps: [{ status: 529 }, answer], account: 'exact' },
  { name: 'no connection', steps: [], unreachable: true, env: noRetries, account: 'exact', failure: 'crash' },
  {
    name: 'a stream that breaks with an error',
    steps: [{ ...answer, breakOff: 'error' }, answer],
    env: noRetries,
    account: 'lower bound',
  },
  {
    name: 'a stream that is cut, and asked for again',
    steps: [{ ...answer, breakOff: 'reset' }, answer],
    account: 'lower bound',
  },
  {
    name: 'a stream that is cut, and silently asked for again',
    steps: [{ ...answer, breakOff: 'reset' }, answer],
    env: noRetries,
    account: 'lower bound',
  },
  {
    name: 'a stream that is cut in the second round',
    steps: [tool, { ...answer, breakOff: 'reset' }, answer],
    task: bash,
    env: noRetries,
    account: 'lower bound',
  },
  {
    name: 'a stream that stalls',
    steps: [tool, { ...answer, breakOff: 'stall' }],
    task: { ...bash, idleTimeoutMs: 20_000 },
    account: 'lower bound',
    failure: 'timeout',
  },
  {
    name: 'a cancellation',
    steps: [tool, { ...answer, breakOff: 'stall' }],
    task: bash,
    account: 'lower bound',
    failure: 'cancelled',
    after: { request: 2, do: 'cancel' },
  },
  {
    name: 'a kill',
    steps: [tool, { ...answer, breakOff: 'stall' }],
    task: bash,
    account: 'lower bound',
    failure: 'signal',
    after: { request: 2, do: 'kill' },
  },
  {
    name: 'a server that counts nothing',
    steps: [{ ...answer, tells: 'nothing' }],
    account: 'unknown',
    cost: 'unknown',
  },
  { name: 'a server that counts zeros', steps: [{ ...answer, tells: 'zeros' }], account: 'unknown', cost: 'unknown' },
  {
    name: 'a server that counts zeros in one round',
    steps: [{ ...tool, tells: 'zeros' }, answer],
    task: bash,
    account: 'lower bound',
  },
  {
    name: '`args` that hide the stream',
    steps: [answer],
    task: { args: ['--output-format', 'text'] },
    account: 'unknown',
    cost: 'unknown',
    failure: 'crash',
  },
]

const ofCodex: readonly Omit<Scenario, 'runtime'>[] = [
  { name: 'an answer', steps: [answer], account: 'exact' },
  { name: 'a tool', steps: [tool, answer], task: autonomous, account: 'exact' },
  { name: 'three tools in a row', steps: [tool, tool, tool, answer], task: autonomous, account: 'exact' },
  { name: 'reasoning', steps: [{ ...answer, usage: { output: 90, reasoning: 40 } }], account: 'exact' },
  {
    name: 'a large cache',
    steps: [{ ...answer, usage: { input: 3, cacheRead: 90_000, cacheWrite: 5000 } }],
    account: 'exact',
  },
  {
    name: 'a prompt that begins with a slash',
    steps: [answer],
    task: { action: { kind: 'prompt', prompt: '/status' } },
    account: 'exact',
  },
  { name: 'a session that is not kept', steps: [answer], task: { args: ['--ephemeral'] }, account: 'exact' },
  { name: 'a structured answer', steps: [{ text: '{"name":"bob"}' }], task: outputSchema, account: 'exact' },
  {
    name: 'a structured answer that is repaired',
    steps: [{ text: 'no' }, { text: '{"name":"bob"}' }],
    task: outputSchema,
    account: 'exact',
  },
  {
    name: 'a remark before a tool, and no answer',
    steps: [tool, {}],
    task: autonomous,
    account: 'exact',
    failure: 'no-output',
  },
  { name: 'an answer without a width', steps: [{ text: zeroWidth }], account: 'exact', failure: 'no-output' },
  { name: 'status 400', steps: [{ status: 400 }], account: 'exact', failure: 'exit' },
  { name: 'status 401', steps: [{ status: 401 }], account: 'exact', failure: 'auth' },
  { name: 'status 429', steps: [{ status: 429 }], account: 'exact', failure: 'rate-limit' },
  { name: 'status 500', steps: [{ status: 500 }], account: 'lower bound', failure: 'overloaded' },
  {
    name: 'status 400 after a round',
    steps: [tool, { status: 400 }],
    task: autonomous,
    account: 'exact',
    failure: 'exit',
  },
  {
    name: 'status 400 after a round, in a session that is not kept',
    steps: [tool, { status: 400 }],
    task: { ...autonomous, args: ['--ephemeral'] },
    account: 'unknown',
    failure: 'exit',
  },
  { name: 'no connection', steps: [], unreachable: true, account: 'exact', failure: 'crash' },
  { name: 'a stream that is cut', steps: [{ ...answer, breakOff: 'reset' }, answer], account: 'lower bound' },
  {
    name: 'a stream that breaks with an error',
    steps: [{ ...answer, breakOff: 'error' }, answer],
    account: 'lower bound',
  },
  {
    name: 'a stream that stalls',
    steps: [tool, { ...answer, breakOff: 'stall' }],
    task: { ...autonomous, idleTimeoutMs: 20_000 },
    account: 'lower bound',
    failure: 'timeout',
  },
  {
    name: 'a cancellation',
    steps: [tool, { ...answer, breakOff: 'stall' }],
    task: autonomous,
    account: 'lower bound',
    failure: 'cancelled',
    after: { request: 2, do: 'cancel' },
  },
  {
    name: 'a kill',
    steps: [tool, { ...answer, breakOff: 'stall' }],
    task: autonomous,
    account: 'lower bound',
    failure: 'signal',
    after: { request: 2, do: 'kill' },
  },
  { name: 'a server that counts nothing', steps: [{ ...answer, tells: 'nothing' }], account: 'unknown' },
  { name: 'a server that counts zeros', steps: [{ ...answer, tells: 'zeros' }], account: 'unknown' },
  {
    name: 'a server that counts zeros in the first round',
    steps: [{ ...tool, tells: 'zeros' }, answer],
    task: autonomous,
    account: 'lower bound',
  },
  {
    name: 'a server that counts nothing in the second round',
    steps: [tool, { ...answer, tells: 'nothing' }],
    task: autonomous,
    account: 'lower bound',
  },
]

/** Every scenario, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  ...ofClaude.map((scenario): Scenario => ({ runtime: 'claude', cost: 'known', ...scenario })),
  ...ofCodex.map((scenario): Scenario => ({ runtime: 'codex', cost: 'unknown', ...scenario })),
]
