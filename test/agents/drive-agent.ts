import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Agent } from '../../src/agents/agent.ts'
import type { AttemptEnded, AttemptProgress, RunEvent } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import { openRig, type Rig, taskOf } from './rig.ts'

const prompt = 'Please do what this prompt says.'

/** Whether the program of an agent is on the PATH, as it is now. */
export function isInstalled({ program }: Agent): boolean {
  const path = [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter)
  return path.split(delimiter).some((directory) => existsSync(join(directory, program)))
}

/** Real runs of an agent's CLI against the simulation, held against its ledger; skipped where it is not on the PATH. */
export function driveSimulated(agent: Agent): void {
  const { name } = agent
  const skip = isInstalled(agent) ? false : `${agent.program} is not installed`
  describe(`${name}, simulated`, { concurrency: 3, skip }, () => {
    let rig: Rig
    before(async () => {
      const planted = Object.fromEntries(
        (agent.login?.variables ?? []).map((variable) => [variable, `planted-${variable}`]),
      )
      rig = await openRig({
        rules: `
rules:
  - match: { instance: tool }
    replies: [{ tools: [{ run: "env > seen-by-${name}.txt" }] }, { text: The tool ran. }]
  - match: { instance: slow }
    reply: { error: { status: 429, message: slow down, retry-after: 1 } }
  - match: { instance: broken }
    reply: { error: { status: 400, message: no such thing } }
  - match: { instance: empty }
    reply: { text: "" }
  - match: { instance: stalled }
    replies: [{ tools: [{ run: echo first }] }, { text: The rest never comes., hang: true }]
`,
        environment: planted,
      })
    })
    after(() => rig.close())

    const ask = (id: string, rest: Partial<Task> = {}): Promise<AttemptEnded> =>
      rig.run(taskOf(id, name, { action: { kind: 'prompt', prompt }, ...rest }))

    const isWorking = (event: RunEvent): event is AttemptProgress =>
      event.type === 'attempt.progress' && event.id === 'stalled' && event.activity.includes('echo first')

    /** The account equals the ledger, or is marked and no more than it. */
    const assertHonest = ({ id, accounting: { usage, partial } }: AttemptEnded): void => {
      const served = rig.served(id)
      if (!partial) assert.deepEqual(usage && { ...usage, reasoning: 0 }, served)
      else if (usage !== null)
        for (const key of ['input', 'cacheRead', 'cacheWrite', 'output'] as const)
          assert.ok(usage[key] <= served[key], `${key}: ${usage[key]} of ${served[key]}`)
    }

    it('answers, to the token', async () => {
      const ended = await ask('answer')
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.match(ended.text, /^Simulated answer of answer/)
      assert.equal(ended.accounting.partial, false)
      if (agent.counts?.cost === 'reported') assert.notEqual(ended.accounting.costUsd, null)
      else assert.notEqual(ended.accounting.costSource, 'cli')
      assertHonest(ended)
    })

    it('runs a tool, which sees no credential of the machine', async () => {
      const ended = await ask('tool', { safety: 'autonomous' })
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.equal(ended.text, 'The tool ran.')
      assertHonest(ended)
      const seen = readFileSync(join(rig.workspace, `seen-by-${name}.txt`), 'utf8')
      for (const variable of agent.login?.variables ?? []) assert.ok(!seen.includes(`planted-${variable}`), variable)
    })

    it('asks its model whatever the prompt begins with', async () => {
      const ended = await ask('slash', { action: { kind: 'prompt', prompt: '/help me' } })
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.ok(rig.ledger().some(({ instance }) => instance === 'slash'))
    })

    for (const [id, kinds] of [
      ['slow', ['rate-limit']],
      ['broken', ['exit', 'crash']],
      ['empty', ['no-output', 'crash']],
    ] as const)
      it(`fails as ${kinds.join(' or ')} where its model is ${id}`, async () => {
        const ended = await ask(id)
        assert.ok(
          kinds.some((kind) => kind === ended.failure?.kind),
          JSON.stringify(ended.failure),
        )
        assertHonest(ended)
      })

    it('is stopped, and says that its figures are a lower bound', async () => {
      const ending = ask('stalled', { safety: 'autonomous' })
      await rig.until(isWorking)
      rig.launcher.stop('stalled', 1, 'cancelled', 'term')
      const ended = await ending
      assert.deepEqual(ended.failure, { kind: 'cancelled', cause: 'cancelled' })
      assert.equal(ended.accounting.partial, true)
      assertHonest(ended)
    })
  })
}
