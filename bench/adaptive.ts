/**
 * `node bench/adaptive.ts`: twelve real claude agents against an API that serves three at a time and answers 429 or 529 beyond: our
 * run, which is told nothing of that; ours with `--max-parallel 3`, which knows; a loop of eight workers that tries again at once. Prints
 * requests refused, tokens served beyond one answer an agent, and the makespan. Needs `dist/`; `node bench/adaptive.ts 529` measures one status.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { simulatedModels } from '../src/agents/registry.ts'
import { parseRules } from '../src/simulate/rules.ts'
import { startSimulation } from '../src/simulate/server.ts'
import { readServed, runSimulated, type Served } from './simulated-run.ts'

const agents = 12
const allowed = 3
const answerTokens = 1200

const plan = `
name: adaptive
defaults: { safety: autonomous, retry: { attempts: 20, on: [rate-limit, overloaded], backoff: 1s } }
limits: { max-parallel: 8 }
instances:
${Array.from({ length: agents }, (_, at) => `  a${at}: { runtime: claude, prompt: Work. }`).join('\n')}
`

const rulesFor = (status: number): string => `
rules:
  - match: { in-flight-above: ${allowed} }
    reply: { error: { status: ${status}, message: Overloaded } }
  - reply: { text: Done., delay: 4s, usage: { input: 1000, cache-read: 0, cache-write: 0, output: 200 } }
`

/** What a way of running the agents cost. */
interface Cost {
  readonly refused: number
  /** Tokens served beyond one answer for each agent that succeeded. */
  readonly wastedTokens: number
  readonly wallMs: number
  readonly succeeded: number
}

function costOf(requests: readonly Served[], succeeded: number, wallMs: number): Cost {
  return {
    refused: requests.filter(({ tokens }) => tokens === 0).length,
    wastedTokens: requests.reduce((sum, { tokens }) => sum + tokens, 0) - succeeded * answerTokens,
    wallMs,
    succeeded,
  }
}

async function runOurs(status: number, options: readonly string[]): Promise<Cost> {
  const { events, served, wallMs } = await runSimulated(plan, rulesFor(status), options)
  const ends = events.filter(({ type, result }) => type === 'instance.ended' && result === 'success')
  return costOf(served, ends.length, wallMs)
}

/** What a loop in a shell would do: eight workers, each taking the next agent and starting it anew at once until it succeeds. */
async function runNaively(status: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-naive-'))
  const ledgerPath = join(folder, 'ledger.ndjson')
  const simulation = await startSimulation({
    rules: parseRules('rules.yml', rulesFor(status)).rules,
    ledgerPath,
    models: await simulatedModels(),
    redactor: { text: (text) => text, stream: () => ({ push: (chunk) => chunk, end: () => new Uint8Array() }) },
  })
  const from = performance.now()
  const waiting = Array.from({ length: agents }, (_, at) => `a${at}`)
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift())
      for (let attempt = 1; !(await succeeds(folder, simulation.endpoint(id, attempt))); attempt++);
  }
  try {
    await Promise.all(Array.from({ length: 8 }, work))
    const wallMs = performance.now() - from
    return costOf(readServed(ledgerPath), agents, wallMs)
  } finally {
    await simulation.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function succeeds(home: string, endpoint: { baseUrl: string; apiKey: string }): Promise<boolean> {
  const bin = resolve(import.meta.dirname, '../node_modules/.bin')
  const child = spawn(join(bin, 'claude'), ['-p', '--output-format', 'stream-json', '--verbose', 'Work.'], {
    cwd: home,
    env: {
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      HOME: mkdtempSync(join(home, 'home-')),
      ANTHROPIC_BASE_URL: endpoint.baseUrl,
      ANTHROPIC_API_KEY: endpoint.apiKey,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_MAX_RETRIES: '0',
      DISABLE_AUTOUPDATER: '1',
    },
    stdio: 'ignore',
  })
  await once(child, 'close')
  return child.exitCode === 0
}

const only = process.argv[2]
for (const status of only === undefined ? [429, 529] : [Number(only)])
  for (const [name, measure] of [
    ['ours, told nothing', () => runOurs(status, [])],
    ['ours, --max-parallel 3', () => runOurs(status, ['--max-parallel', '3'])],
    ['a loop of eight', () => runNaively(status)],
  ] as const) {
    const { refused, wastedTokens, wallMs, succeeded } = await measure()
    console.log(
      `${status}, ${name}: ${refused} requests refused, ${wastedTokens} tokens wasted, ${(wallMs / 1000).toFixed(1)} s, ${succeeded} succeeded`,
    )
  }
