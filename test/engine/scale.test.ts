import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RunEvent, Stamped } from '../../src/core/event.ts'
import type { Plan } from '../../src/core/plan.ts'
import { freeAccounting } from '../../src/core/usage.ts'
import { decide } from '../../src/engine/decide.ts'
import { evolve } from '../../src/engine/evolve.ts'
import { createProgress, isFinished } from '../../src/engine/progress.ts'
import { command, edges, plan } from './plans.ts'
import { startOf } from './simulator.ts'

/** Milliseconds that evolve and decide take together for a run whose processes end at once, in order. */
function drive(of: Plan): { ms: number; events: number } {
  const progress = createProgress({ random: () => 0, maxParallel: { total: 8, agents: 8, commands: 8 } })
  const inbox: RunEvent[] = [startOf({ plan: of })]
  let ms = 0
  let events = 0
  for (let at = 0; at < inbox.length; at++) {
    const pending = [inbox[at] as RunEvent]
    for (let next = 0; next < pending.length; next++) {
      const event: Stamped = { ...(pending[next] as RunEvent), v: 1, seq: events++, at: 1000 + events }
      const before = performance.now()
      evolve(progress, event)
      const commands = decide(progress, event.at)
      ms += performance.now() - before
      for (const command of commands) {
        if (command.type === 'record') pending.push(command.event)
        if (command.type !== 'start') continue
        const { id, attempt, runtime } = command.task
        const common = { id, attempt, runtime, model: null }
        inbox.push(
          { ...common, type: 'attempt.started', pid: 1, argv: [], envNames: [], cwd: '/' },
          {
            ...common,
            type: 'attempt.ended',
            failure: null,
            exitCode: 0,
            signal: null,
            durationMs: 1,
            accounting: freeAccounting,
            text: '',
            textTruncated: false,
            json: null,
            outputs: {},
            tail: '',
            denials: 0,
            session: null,
            stdoutFile: null,
            stderrFile: null,
            patchFile: null,
          },
        )
      }
    }
  }
  assert.ok(isFinished(progress))
  return { ms, events }
}

const wide = plan(Array.from({ length: 10_000 }, (_, index) => command(`i${index}`)))
const chain = plan(
  Array.from({ length: 500 }, (_, index) => command(`i${index}`, { needs: index === 0 ? [] : [`i${index - 1}`] })),
)
const layers = plan(
  Array.from({ length: 500 }, (_, index) => {
    const layer = Math.floor(index / 25)
    const needs = layer === 0 ? [] : Array.from({ length: 25 }, (_, upstream) => `i${(layer - 1) * 25 + upstream}`)
    return { ...command(`i${index}`), needs: edges(needs) }
  }),
)

describe('the cost of deciding', () => {
  for (const [name, of] of Object.entries({
    '10,000 wide': wide,
    'a chain of 500': chain,
    '20 layers of 25 fully joined': layers,
  }))
    it(`stays under 0.1 ms an instance: ${name}`, (context) => {
      const { ms } = drive(of)
      const each = ms / of.instances.length
      context.diagnostic(`${each.toFixed(4)} ms an instance`)
      assert.ok(each < 0.1, `${each} ms`)
    })

  it('grows with the plan and not with its square', () => {
    const costs = [2000, 16_000].map((size) => {
      const of = plan([
        command('first'),
        Array.from({ length: size }, (_, index) => command(`i${index}`, { needs: ['first'], priority: index % 7 })),
      ])
      drive(of)
      return drive(of).ms / size
    })
    const [small = 0, large = 0] = costs
    assert.ok(large < small * 4, `${small} ms an instance, then ${large}`)
  })
})
