import type { Task } from '../../src/core/task.ts'
import type { Scenario } from './ledger-scenarios.ts'
import type { Step } from './ledger-server.ts'

const schema = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
} as const
const autonomous = { safety: 'autonomous' } as const
const answer: Step = { text: 'DONE' }
const tool: Step = { text: 'I look first.', run: ['echo a'] }
const stalling: Step = { text: 'half of it', breakOff: 'stall' }

type Unnamed = Omit<Scenario, 'runtime' | 'cost'>

/** What all of them are put through; `rest` says where one ends otherwise than most do, or what it has not got. */
const common = (runtime: string, rest: Readonly<Record<string, Partial<Unnamed> | 'not'>> = {}): Scenario[] => {
  const usual: readonly Unnamed[] = [
    { name: 'an answer', steps: [answer], account: 'exact' },
    { name: 'a tool', steps: [tool, answer], task: autonomous, account: 'exact' },
    { name: 'three tools in a row', steps: [tool, tool, tool, answer], task: autonomous, account: 'exact' },
    {
      name: 'two tools in one message',
      steps: [{ text: 'Both.', run: ['echo a', 'echo b'] }, answer],
      task: autonomous,
      account: 'exact',
    },
    { name: 'reasoning', steps: [{ ...answer, usage: { output: 90, reasoning: 40 } }], account: 'exact' },
    {
      name: 'a large cache',
      steps: [{ ...answer, usage: { input: 3, cacheRead: 90_000, cacheWrite: 5000 } }],
      account: 'exact',
    },
    {
      name: 'a prompt that begins with a slash',
      steps: [answer],
      task: { action: { kind: 'prompt', prompt: '/help me' } },
      account: 'exact',
    },
    { name: 'a tool that is not there', steps: [tool, answer], task: { safety: 'read-only' }, account: 'exact' },
    { name: 'an empty answer', steps: [{ text: '' }], account: 'exact', failure: 'no-output' },
    {
      name: 'an answer that is too long',
      steps: [{ text: 'so far', stopReason: 'max_tokens' }],
      account: 'exact',
      failure: 'crash',
    },
    { name: 'status 400', steps: [{ status: 400 }], account: 'exact', failure: 'exit' },
    { name: 'status 401', steps: [{ status: 401 }], account: 'exact', failure: 'auth' },
    { name: 'status 403', steps: [{ status: 403 }], account: 'exact', failure: 'auth' },
    { name: 'status 404', steps: [{ status: 404 }], account: 'exact', failure: 'exit' },
    { name: 'status 413', steps: [{ status: 413 }], account: 'exact', failure: 'exit' },
    { name: 'status 429', steps: [{ status: 429, retryAfter: 1 }], account: 'exact', failure: 'rate-limit' },
    { name: 'status 529', steps: [{ status: 529, retryAfter: 1 }], account: 'exact', failure: 'overloaded' },
    { name: 'status 500, then an answer', steps: [{ status: 500, retryAfter: 1 }, answer], account: 'exact' },
    {
      name: 'status 400 after a round',
      steps: [tool, { status: 400 }],
      task: autonomous,
      account: 'exact',
      failure: 'exit',
    },
    { name: 'no connection', steps: [], unreachable: true, account: 'exact', failure: 'crash' },
    {
      name: 'a stream that is cut',
      steps: [{ ...answer, breakOff: 'reset' }, answer],
      account: 'lower bound',
    },
    {
      name: 'a stream that breaks with an error',
      steps: [{ ...answer, breakOff: 'error' }, answer],
      account: 'lower bound',
    },
    {
      name: 'a stream that stalls',
      steps: [tool, stalling],
      task: { ...autonomous, idleTimeoutMs: 40_000 },
      account: 'lower bound',
      failure: 'timeout',
    },
    {
      name: 'a cancellation',
      steps: [tool, stalling],
      task: autonomous,
      account: 'lower bound',
      failure: 'cancelled',
      after: { request: 2, do: 'cancel' },
    },
    {
      name: 'an interruption from outside',
      steps: [tool, stalling],
      task: autonomous,
      account: 'lower bound',
      failure: 'signal',
      after: { request: 2, do: 'interrupt' },
    },
    {
      name: 'a kill',
      steps: [tool, stalling],
      task: autonomous,
      account: 'lower bound',
      failure: 'signal',
      after: { request: 2, do: 'kill' },
    },
    {
      name: 'a structured answer',
      steps: [{ text: '{"name":"bob"}' }],
      task: { outputSchema: schema },
      account: 'exact',
    },
    {
      name: 'a structured answer that is repaired',
      steps: [{ text: 'no' }, { text: '{"name":"bob"}' }],
      task: { outputSchema: schema },
      account: 'exact',
    },
    { name: 'a server that counts nothing', steps: [{ ...answer, tells: 'nothing' }], account: 'unknown' },
    { name: 'a server that counts zeros', steps: [{ ...answer, tells: 'zeros' }], account: 'unknown' },
    {
      name: 'a server that counts zeros in one round',
      steps: [{ ...tool, tells: 'zeros' }, answer],
      task: autonomous,
      account: 'lower bound',
    },
  ]
  return usual.flatMap((scenario) => {
    const own = rest[scenario.name] ?? {}
    if (own === 'not') return []
    const task: Partial<Task> = { ...scenario.task, ...own.task }
    return [{ runtime, cost: 'unknown' as const, ...scenario, ...own, task }]
  })
}

/** It says the reasoning as part of its output. */
const untold: Partial<Unnamed> = { untold: ['reasoning'] }

const limited = (runtime: string): Scenario => ({
  runtime,
  cost: 'unknown',
  name: 'the limit of turns',
  steps: [tool],
  task: { ...autonomous, maxTurns: 2 },
  account: 'exact',
  failure: 'exit',
})

/** Scenarios of the CLIs beside Claude Code and Codex, in the order of their table. */
export const otherScenarios: readonly Scenario[] = [
  ...common('gemini', {
    'a cancellation': { account: 'unknown' },
    'a tool that is not there': { denials: 1 },
    'an empty answer': { failure: 'crash' },
    'a stream that stalls': { account: 'unknown' },
    'an interruption from outside': { account: 'unknown', failure: 'crash' },
    'a kill': { account: 'unknown' },
    'a structured answer': 'not',
    'a structured answer that is repaired': 'not',
  }),
  limited('gemini'),
  ...common('copilot'),
  ...common('qwen', {
    reasoning: untold,
    'an answer that is too long': { failure: undefined, account: 'lower bound' },
    'an empty answer': { failure: 'crash', account: 'lower bound' },
    'no connection': { account: 'unknown' },
    'a stream that breaks with an error': { failure: 'overloaded', account: 'unknown' },
    'a structured answer': 'not',
    'a structured answer that is repaired': {
      steps: [{ text: 'no' }, { call: [{ name: 'structured_output', input: { name: 'bob' } }] }],
    },
  }),
  limited('qwen'),
  {
    runtime: 'qwen',
    cost: 'unknown',
    name: 'a structured answer',
    steps: [{ call: [{ name: 'structured_output', input: { name: 'bob' } }] }],
    task: { outputSchema: schema },
    account: 'exact',
  },
  ...common('opencode', { 'a tool that is not there': { denials: 1 }, 'no connection': { failure: 'exit' } }),
  {
    runtime: 'opencode',
    cost: 'unknown',
    name: 'a subagent',
    steps: [
      { call: [{ name: 'task', input: { description: 'look', prompt: 'Look.', subagent_type: 'general' } }] },
      answer,
    ],
    task: autonomous,
    account: 'lower bound',
  },
  ...common('pi', {
    reasoning: untold,
    'status 400': { failure: 'crash' },
    'status 404': { failure: 'crash' },
    'status 413': { failure: 'crash' },
    'status 400 after a round': { failure: 'crash' },
  }),
]
