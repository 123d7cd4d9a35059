import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../engine/random-plan.ts'
import { createPlace, start } from './command-line.ts'

/** How often a run is killed in all; 100 takes two minutes. */
const kills = Number(process.env['KILLS'] ?? 5)

/** The third round is green; each knows which one it is by what the one before said. */
const file = `
name: rounds
instances:
  loop:
    repeat: { until: needs.check.outputs.round == '3', max: 5 }
    sequence:
      - { id: fix, run: sleep 0.05 }
      - id: both
        parallel:
          lint: { run: sleep 0.02 }
          types: { run: sleep 0.04 }
      - id: check
        run: |
          sleep 0.05
          echo "round=$((BEFORE + 1))" >> "$ORCHESTRATOR_OUTPUT"
          test "$BEFORE" = 2
        env: { BEFORE: "\${{ previous-round.instances.check.outputs.round || 0 }}" }
  after: { needs: loop, run: 'test "$ROUNDS" = 3', env: { ROUNDS: "\${{ needs.loop.rounds }}" } }
`

interface Event {
  readonly type: string
  readonly id?: string
  readonly result?: string
  readonly round?: number
}

function journalOf(path: string): Event[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line): Event => JSON.parse(line))
}

/** Runs and resumes until the run has ended, killing it each time after so long; gives the number of kills. */
async function runUnderKills(place: string, most: number, after: () => number): Promise<number> {
  let killed = 0
  for (;;) {
    const args = killed === 0 ? ['run', 'ci.yml', '--run-dir', 'run'] : ['run', '--resume', 'run']
    const running = start(place, args)
    await Promise.race([running.says(/loop\.\S+ started/).catch(() => {}), running.ended])
    if (killed < most) {
      await Promise.race([sleep(after()), running.ended])
      running.child.kill('SIGKILL')
    }
    const { code, signal, out, err } = await running.ended
    if (signal === 'SIGKILL') killed++
    else {
      assert.equal(code, 0, out + err)
      return killed
    }
  }
}

describe('a repeated sequence whose orchestrator is killed', () => {
  it(`${kills} times, and resumed, comes to the round it would have, with no success run twice`, async () => {
    const random = seeded(7)
    for (let left = kills; left > 0;) {
      using place = createPlace({ 'ci.yml': file })
      left -= await runUnderKills(place.path, Math.min(left, 4), () => random() * 400)
      const events = journalOf(join(place.path, 'run/journal.ndjson'))
      const done = new Set<string>()
      for (const { type, id = '', result } of events) {
        if (type === 'attempt.started') assert.ok(!done.has(id), `${id} ran again after its success`)
        if (type === 'instance.ended' && result === 'success') done.add(id)
      }
      assert.deepEqual(
        events.flatMap(({ type, round }) => (type === 'plan.expanded' ? [round] : [])),
        [2, 3],
      )
      assert.ok(['loop.check#3', 'loop', 'after'].every((id) => done.has(id)))
    }
  })
})
