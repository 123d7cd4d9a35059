import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { eventually, openProject, processesHolding, readRun, skip, skipOffLinux, type Project } from './project.ts'
import type { RunningStep, Stage } from '../rig/step-runner.ts'

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
  /** Of a whole step, and of what comes after its run has begun. */
  let durationMs = 0
  let runMs = 0
  let steps = 0
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': file })
    const startedAt = performance.now()
    const step = project.start({ inputs: 'seconds: 0\nticks: 1' })
    await begun(step)
    const begunMs = performance.now() - startedAt
    const { main } = await step.finish()
    assert.equal(main.exitCode, 0, main.output)
    durationMs = main.durationMs
    runMs = durationMs - begunMs
  })
  after(() => project.close())

  /** Waits for the journal of a step, or its end. */
  async function begun({ main }: RunningStep): Promise<void> {
    const temp = join(project.repository.checkout, `../temp-${++steps}`)
    const isThere = (): true | undefined => {
      const root = existsSync(temp) ? readdirSync(temp).find((name) => name.startsWith('orchestrator-')) : undefined
      return existsSync(join(temp, root ?? '-', 'latest/journal.ndjson')) ? true : undefined
    }
    await Promise.race([eventually(isThere), main])
  }

  const results = (stage: Stage): string => `${stage.exitCode} ${stage.signal} ${stage.outputs['result'] ?? 'none'}`

  it('that is killed between the end of its run and the record of it leaves one', async () => {
    const step = project.start({ inputs: 'seconds: 0\nticks: 1' }, { environment: { GITHUB_RUN_ID: '4999' } })
    steps++
    const { main } = await step.finish()
    const directory = main.state['runDirectory'] ?? ''
    const record = readFileSync(join(directory, 'run.json'), 'utf8')
    // As it is then: nothing was said to be reported, and there is no record.
    Reflect.deleteProperty(main.state, 'reported')
    rmSync(join(directory, 'run.json'))
    const { post } = await step.finish()
    assert.equal(post.exitCode, 0, post.output)
    assert.equal(readFileSync(join(directory, 'run.json'), 'utf8'), record)
  })

  for (let index = 0; index < moments; index++) {
    const sequence = sequences[index % sequences.length] ?? sequences[0]
    // Some run into the end, where reports are delivered; most have begun.
    const isShort = index % 3 === 1
    const isBegun = index % 5 !== 4
    const part = ((index * 0.618_034) % 1) * (isShort ? 1.1 : 1.5)
    const where = `${isShort ? 'a short' : 'a long'} run${isBegun ? ' after its begin' : ''}`
    it(`at ${Math.round(part * 100)} % of ${where}, ${sequence.name}`, async (test) => {
      project.github.comments.splice(0)
      const run = String(5000 + index)
      const inputs = isShort ? 'seconds: 0\nticks: 1' : ''
      const step = project.start({ inputs }, { environment: { GITHUB_RUN_ID: run } })
      if (isBegun) await begun(step)
      else steps++
      await delay((isBegun ? runMs : durationMs) * part)
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
      if (directory === undefined || sizeOf(`${directory}/journal.ndjson`) === 0) {
        // It ended before there was a run: nothing began, and nothing is said.
        assert.deepEqual([bodies, post.summary], [[], undefined], about)
        return
      }
      // What is said is what the run came to, in the comment, the summary and the record alike.
      assert.ok(
        existsSync(`${directory}/run.json`),
        `${sizeOf(`${directory}/journal.ndjson`)} bytes of a journal\n${about}`,
      )
      const { result } = readRun(directory)
      const isEnded = ['success', 'cancelled'].includes(result)
      assert.ok(isEnded || main.signal === 'SIGKILL', `${result}\n${about}`)
      const said = isEnded ? `**nightly** ${result}` : 'The orchestrator was killed before the run ended'
      assert.ok(bodies[0]?.includes(said), `${bodies[0]}\n${about}`)
      assert.ok(
        [main.summary, post.summary].some((summary) => summary?.includes(said)),
        `${post.summary}\n${about}`,
      )
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

/** Bytes of a file; 0 where there is none. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
