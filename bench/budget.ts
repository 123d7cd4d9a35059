/**
 * `node bench/budget.ts`: twelve real claude agents, eight at once, against a model that serves 1,200 tokens a request, five requests an
 * agent, under a run's budget of half of what they need. Prints by how much it is overshot. Needs `dist/`.
 */
import { runSimulated } from './simulated-run.ts'

const agents = 12
const atOnce = 8
const requestTokens = 1200
const requests = 5
const limit = (agents * requests * requestTokens) / 2

/** What became of a budget. Tokens, as the model's ledger has them. */
export interface Overshoot {
  readonly limit: number
  readonly spent: number
  /** Attempts that were running when the limit was crossed. */
  readonly inFlight: number
  /** What those had spent by the end beyond what they had when it was crossed, by their own account. */
  readonly spentInFlight: number
  /** Starts after the limit was crossed. */
  readonly startedAfter: number
  /** From crossing to the end of the run. */
  readonly endedAfterMs: number
  readonly result: string
}

/** Runs the twelve agents with a budget that ends in this way. */
export async function measureOvershoot(onExceeded: 'stop' | 'cancel'): Promise<Overshoot> {
  const { events, served } = await runSimulated(plan(onExceeded), rules)
  const crossed = events.findIndex(({ type, scope }) => type === 'budget.exceeded' && scope === null)
  const before = events.slice(0, crossed === -1 ? events.length : crossed)
  const after = crossed === -1 ? [] : events.slice(crossed)
  const ended = new Set(before.flatMap(({ type, id }) => (type === 'attempt.ended' ? [id] : [])))
  const running = before.flatMap(({ type, id }) => (type === 'attempt.started' && !ended.has(id) ? [id] : []))
  const end = events.find(({ type }) => type === 'run.ended')
  return {
    limit,
    spent: served.reduce((sum, { tokens }) => sum + tokens, 0),
    inFlight: running.length,
    spentInFlight: running.reduce((sum: number, id) => sum + spentOf(events, id) - spentOf(before, id), 0),
    startedAfter: after.filter(({ type }) => type === 'attempt.started').length,
    endedAfterMs: Number(end?.['at']) - Number(events[crossed]?.['at']),
    result: String(end?.['result']),
  }
}

/** What an instance had spent by its own account, in these events. */
const spentOf = (list: readonly Record<string, unknown>[], id: unknown): number =>
  list.reduce((most, event) => (event['id'] === id ? Math.max(most, tokensOf(event['accounting'])) : most), 0)

/** Each reserves less than it needs: else none would be admitted that could cross the limit. */
const plan = (onExceeded: string): string => `
name: budget
limits: { max-parallel: ${atOnce} }
budget: { tokens: ${limit}, on-exceeded: ${onExceeded} }
defaults: { safety: autonomous, retry: 0 }
instances:
${Array.from({ length: agents }, (_, at) => `  a${at}: { runtime: claude, prompt: Work., budget: { tokens: 2000, on-exceeded: warn } }`).join('\n')}
`

const usage = '{ input: 1000, cache-read: 0, cache-write: 0, output: 200 }'
const rules = `
rules:
  - replies:
${Array.from({ length: requests - 1 }, () => `      - { tools: [{ run: sleep 0.2 }], usage: ${usage}, delay: 100ms }`).join('\n')}
      - { text: Done., usage: ${usage}, delay: 100ms }
`

function tokensOf(accounting: unknown): number {
  if (typeof accounting !== 'object' || accounting === null || !('usage' in accounting)) return 0
  const { input = 0, cacheRead = 0, cacheWrite = 0, output = 0 } = (accounting.usage ?? {}) as Record<string, number>
  return input + cacheRead + cacheWrite + output
}

if (import.meta.main)
  for (const onExceeded of ['stop', 'cancel'] as const) {
    const { spent, inFlight, spentInFlight, startedAfter, endedAfterMs, result } = await measureOvershoot(onExceeded)
    console.log(
      `${onExceeded}: limit ${limit}, spent ${spent}, overshoot ${spent - limit} tokens; ${inFlight} in flight when it was crossed, ` +
        `which spent ${spentInFlight} more; ${startedAfter} started after; ended ${endedAfterMs} ms later (${result})`,
    )
  }
