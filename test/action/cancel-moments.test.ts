import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { eventually, openProject, processesHolding, readRun, skip, skipOffLinux, type Project } from './project.ts'
import type { Stage } from '../rig/step-runner.ts'

/** Who ends by itself, who ends when it is asked, who does not, and who cleans up. */
const file = `
name: nightly
instances:
  quick: { run: echo done }
  polite: { needs: quick, run: 'sleep "$SECONDS_LONG"', env: { SECONDS_LONG: "\${{ inputs.seconds }}" } }
  stubborn: { needs: quick, run: 'trap "" TERM INT; for i in $(seq "$N"); do sleep 0.2; done', env: { N: "\${{ inputs.ticks }}" } }
  cleanup: { needs: [polite, stubborn], if: always(), run: echo cleaned }
inputs: { seconds: { type: number, default: 60 }, ticks: { type: number, default: 300 } }
`

/** How often a step is cancelled. */
const moments = Number(process.env['CANCEL_MOMENTS'] ?? 6)

/** What the runner sends, and what is left of it on a machine that is shut down meanwhile: milliseconds from the first to the others. */
const sequences = [
  { name: 'as the runner does', termMs: 7500, killMs: 2500 },
  { name: 'TERM right after INT', termMs: 50, killMs: 2500 },
  { name: 'KILL within a second of INT', termMs: 400, killMs: 300 },
  { name: 'KILL alone', termMs: -1, killMs: -1 },
] as const

describe('a step that is cancelled at any moment', { skip, timeout: 120_000 + moments * 60_000 }, () => {
  let project: Project
  let durationMs = 0
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': file })
    const { main } = await project.run({ inputs: 'seconds: 0\nticks: 1' })
    assert.equal(main.exitCode, 0, main.output)
    durationMs = main.durationMs
  })
  after(() => project.close())

  const results = (stage: Stage): string => `${stage.exitCode} ${stage.signal} ${stage.outputs['result'] ?? 'none'}`

  for (let index = 0; index < moments; index++) {
    const sequence = sequences[index % sequences.length] ?? sequences[0]
    // Half of them run into the end, where reports are delivered.
    const isShort = index % 2 === 1
    const part = ((index * 0.618_034) % 1) * (isShort ? 1.1 : 1.6)
    it(`at ${Math.round(part * 100)} % of ${isShort ? 'a short' : 'a long'} run, ${sequence.name}`, async (test) => {
      project.github.comments.splice(0)
      const run = String(5000 + index)
      const inputs = isShort ? 'seconds: 0\nticks: 1' : ''
      const step = project.start({ inputs }, { environment: { GITHUB_RUN_ID: run } })
      await delay(durationMs * part)
      if (sequence.termMs < 0) step.kill('SIGKILL')
      else step.cancel(sequence.termMs, sequence.killMs)
      const { main, post } = await step.finish()
      const about = `${results(main)}\n${main.output}\n${post.output}`
      test.diagnostic(`${results(main)}, a run: ${main.state['runDirectory'] !== undefined}`)
      assert.equal(post.exitCode, 0, about)
      if (skipOffLinux === false)
        await eventually(() => (processesHolding(`GITHUB_RUN_ID=${run}`).length === 0 ? true : undefined), 10_000)

      const directory = main.state['runDirectory']
      const bodies = project.github.comments.map(({ body }) => body)
      assert.ok(bodies.length <= 1, `${bodies.length} comments\n${about}`)
      if (directory === undefined || !existsSync(`${directory}/journal.ndjson`)) {
        assert.deepEqual(bodies, [], about)
        return
      }
      // What is said is what the run came to, in the comment, the summary and the record alike.
      const { result } = readRun(directory)
      assert.ok(['success', 'cancelled'].includes(result) || main.signal === 'SIGKILL', `${result}\n${about}`)
      assert.ok(bodies[0]?.includes(`**nightly** ${result}`), `${bodies[0]}\n${about}`)
      const summary = main.summary ?? post.summary ?? ''
      assert.ok(summary.includes(`**nightly** ${result}`) || summary.includes(result), `${summary}\n${about}`)
      if (main.outputs['result'] !== undefined) assert.equal(main.outputs['result'], result, about)

      const again = await step.finish()
      assert.equal(again.post.exitCode, 0, again.post.output)
      assert.deepEqual(
        project.github.comments.map(({ body }) => body),
        bodies,
      )
      assert.equal(again.post.summary, undefined)
    })
  }
})
