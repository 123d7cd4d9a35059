import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AttemptEnded, AttemptProgress, AttemptRepairing, RunEvent } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import { totalTokens, zeroUsage } from '../../src/core/usage.ts'
import { openRig, type Rig, taskOf } from '../agents/rig.ts'

const asked = 'prompt: Your last answer was not accepted'

const rules = String.raw`
rules:
  - match: { instance: mended*, ${asked} }
    reply: { json: { title: mended, count: 4 } }
  - match: { instance: named*, prompt: "/validator's message.*count/" }
    reply: { json: { title: told, count: 5 } }
  - match: { instance: named* }
    repeat: true
    reply: { json: { title: wrong, count: 1 } }
  - match: { instance: silent*, ${asked} }
    reply: { text: "" }
  - match: { instance: refused*, ${asked} }
    reply: { error: { status: 429, message: slow down } }
  - match: { instance: hang*, ${asked} }
    replies: [{ tools: [{ run: echo again }] }, { text: The rest never comes., hang: true }]
  - match: { instance: time*, ${asked} }
    reply: { text: The rest never comes., hang: true }
  - match: { instance: time* }
    reply: { text: Late prose., delay: 1s }
  - match: { instance: tool*, ${asked} }
    replies: [{ tools: [{ run: touch from-the-repair.txt }] }, { json: { title: mended, count: 4 } }]
  - match: { instance: tool* }
    replies: [{ tools: [{ run: touch from-the-work.txt }] }, { text: Prose. }]
  - match: { instance: fine* }
    reply: { text: '{ "title": "as text", "count": 3 }' }
  - match: { instance: "*" }
    reply: { text: I would rather write prose. }
`

const outputSchema = {
  type: 'object',
  properties: { title: { type: 'string' }, count: { type: 'integer', minimum: 3 } },
  required: ['title', 'count'],
  additionalProperties: false,
}

let exhausted: string | undefined
let rig: Rig
before(async () => {
  rig = await openRig({ rules, exhausted: (id) => (id.startsWith('poor') ? exhausted : undefined) })
})
after(() => rig.close())

type Runtime = 'claude' | 'codex'

const ask = (name: string, runtime: Runtime, rest: Partial<Task> = {}): Promise<AttemptEnded> =>
  rig.run(
    taskOf(`${name}-${runtime}`, runtime, {
      action: { kind: 'prompt', prompt: `Please do ${name}.` },
      outputSchema,
      env: { CLAUDE_CODE_MAX_RETRIES: '0' },
      ...rest,
    }),
  )

const repairsOf = (id: string): AttemptRepairing[] =>
  rig.events.filter((event) => event.type === 'attempt.repairing').filter((event) => event.id === id)

const isRepairing =
  (id: string) =>
  (event: RunEvent): event is AttemptRepairing =>
    event.type === 'attempt.repairing' && event.id === id

const logOf = (name: string): Record<string, unknown>[] =>
  readFileSync(join(rig.root, 'run/logs', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

const assertExact = (ended: AttemptEnded): void => {
  assert.deepEqual(ended.accounting.usage, rig.served(ended.id))
  assert.equal(ended.accounting.partial, false)
}

const tokensOf = (event: RunEvent): number =>
  event.type === 'attempt.progress' ? totalTokens(event.accounting.usage ?? zeroUsage) : 0

const progressOf = (id: string): AttemptProgress[] =>
  rig.events.filter((event) => event.type === 'attempt.progress').filter((event) => event.id === id)

/** What the first process had used, once the second one has used something too. */
const untilBothSpent = async (id: string): Promise<number> => {
  const repair = await rig.until(isRepairing(id))
  const first = tokensOf(progressOf(id).findLast((event) => rig.events.indexOf(event) < rig.events.indexOf(repair))!)
  await rig.until(
    (event): event is AttemptProgress =>
      event.type === 'attempt.progress' && event.id === id && tokensOf(event) > first,
  )
  return first
}

/** What both processes used is in the account, nothing of it twice. */
const assertBoth = (ended: AttemptEnded, first: number): void => {
  const { usage, partial } = ended.accounting
  const total = totalTokens(usage ?? zeroUsage)
  assert.equal(partial, true)
  assert.ok(first > 0 && total > first, `${total} of which the first ${first}`)
  assert.ok(total <= totalTokens(rig.served(ended.id)), `${total} of ${JSON.stringify(rig.served(ended.id))}`)
}

for (const runtime of ['claude', 'codex'] as const)
  describe(`an answer of ${runtime} that breaks its schema`, { concurrency: 3 }, () => {
    it('is repaired in the same attempt and session, counted once', async () => {
      const ended = await ask('mended', runtime)
      assert.equal(ended.failure, null)
      assert.deepEqual(ended.json, { title: 'mended', count: 4 })
      assertExact(ended)
      assert.equal(ended.accounting.costUsd === null, runtime === 'codex')
      const [repair, ...more] = repairsOf(ended.id)
      assert.equal(repair?.why, 'the output is not JSON')
      assert.deepEqual(more, [])
      assert.equal(rig.events.filter((event) => event.type === 'attempt.started' && event.id === ended.id).length, 1)
      assert.ok(repair.argv.includes(ended.session ?? ''))
      assert.equal(ended.stdoutFile, `logs/${ended.id}.1.repair.stdout.log`)
      for (const log of [`${ended.id}.1.stdout.log`, `${ended.id}.1.repair.stdout.log`])
        assert.ok(JSON.stringify(logOf(log)).includes(ended.session ?? '-'), log)
      const live = progressOf(ended.id).map(tokensOf)
      assert.deepEqual(
        live,
        live.toSorted((a, b) => a - b),
        'no step back while it runs',
      )
    })

    it('is repaired with what the validator says', async () => {
      const ended = await ask('named', runtime)
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.deepEqual(ended.json, { title: 'told', count: 5 })
      assertExact(ended)
    })

    it('fails when the other one does too', async () => {
      const ended = await ask('prose', runtime)
      assert.deepEqual(ended.failure, {
        kind: 'invalid-output',
        detail: 'also after a repair: the output is not JSON',
      })
      assert.equal(ended.text, 'I would rather write prose.')
      assert.equal(repairsOf(ended.id).length, 1)
      assertExact(ended)
    })

    it('is no trouble where the text satisfies it', async () => {
      const ended = await ask('fine', runtime)
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.deepEqual(ended.json, { title: 'as text', count: 3 })
      assert.deepEqual(repairsOf(ended.id), [])
    })

    it('is killed while it is repaired', async () => {
      const id = `hang-kill-${runtime}`
      const ending = ask('hang-kill', runtime, { allowedTools: ['Bash'] })
      const { pid } = await rig.until(isRepairing(id))
      const first = await untilBothSpent(id)
      process.kill(pid, 'SIGKILL')
      const ended = await ending
      assert.equal(ended.failure?.kind, 'signal', JSON.stringify(ended.failure))
      assertBoth(ended, first)
    })

    it('is repaired under the same restrictions', async () => {
      const ended = await ask('tool', runtime, { safety: 'read-only' })
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.equal(repairsOf(ended.id).length, 1)
      for (const file of ['from-the-work.txt', 'from-the-repair.txt'])
        assert.ok(!existsSync(join(rig.workspace, file)), file)
      assertExact(ended)
    })
  })

describe('an answer that breaks its schema', { concurrency: 3 }, () => {
  it('stays as it is when the repair says nothing', async () => {
    const ended = await ask('silent', 'codex')
    assert.deepEqual(ended.failure, {
      kind: 'invalid-output',
      detail: 'the repair failed (no-output, it exited 0 without an answer): the output is not JSON',
    })
    assert.equal(ended.text, 'I would rather write prose.')
    assertExact(ended)
  })

  it('fails as the API does that refuses the repair', async () => {
    const ended = await ask('refused', 'codex')
    assert.equal(ended.failure?.kind, 'rate-limit', JSON.stringify(ended.failure))
    assertExact(ended)
  })

  it('is not repaired when nothing more may be spent', async () => {
    exhausted = 'the budget of the run is used up'
    const ended = await ask('poor', 'codex')
    assert.deepEqual(ended.failure, {
      kind: 'invalid-output',
      detail: 'not repaired, the budget of the run is used up: the output is not JSON',
    })
    assert.deepEqual(repairsOf(ended.id), [])
    assertExact(ended)
  })

  it('is not repaired for a schema that cannot be checked', async () => {
    const ended = await ask('unknown', 'codex', { outputSchema: { type: 'object', not: { required: ['x'] } } })
    assert.equal(ended.failure?.kind, 'invalid-output')
    assert.deepEqual(repairsOf(ended.id), [])
  })

  it('is cancelled while it is repaired', async () => {
    const id = 'hang-stop-codex'
    const ending = ask('hang-stop', 'codex', { allowedTools: ['Bash'] })
    const first = await untilBothSpent(id)
    rig.launcher.stop(id, 1, 'cancelled', 'term')
    const ended = await ending
    assert.deepEqual(ended.failure, { kind: 'cancelled', cause: 'cancelled' })
    assertBoth(ended, first)
  })

  it('has no more time than the attempt', async () => {
    const ended = await ask('time', 'codex', { timeoutMs: 6000 })
    assert.deepEqual(ended.failure, { kind: 'timeout', limit: 'wall', afterMs: 6000 })
    assert.equal(repairsOf(ended.id).length, 1)
    assert.ok(ended.durationMs < 6900, `${ended.durationMs} ms`)
  })
})

describe('the repair by claude', () => {
  it('may cost what is left of the budget, and the two cost what the session does', async () => {
    const budget = { costUsd: 1, warnAt: 0.8, onExceeded: 'stop' } as const
    const ended = await ask('mended-budget', 'claude', { budget })
    const repair = rig.events.find((event) => event.type === 'attempt.repairing' && event.id === ended.id)
    const argv = repair?.type === 'attempt.repairing' ? repair.argv : []
    const left = Number(argv[argv.indexOf('--max-budget-usd') + 1])
    const costUsd = ended.accounting.costUsd ?? 0
    assert.ok(left < 1 && left > 1 - costUsd, `${left}`)
    const result = logOf('mended-budget-claude.1.repair.stdout.log').find(({ type }) => type === 'result')
    assert.ok(Math.abs(Number(result?.['total_cost_usd']) - costUsd) < 1e-9, `${costUsd}`)
  })

  it('adds to the denials before it', async () => {
    const ended = await ask('tool-denied', 'claude')
    assert.equal(ended.failure, null, JSON.stringify(ended.failure))
    assert.equal(ended.denials, 2)
  })

  it('fails where the session was not kept', async () => {
    const ended = await ask('mended-never', 'claude', { args: ['--no-session-persistence'] })
    assert.equal(ended.failure?.kind, 'invalid-output')
    assert.match(ended.failure.detail, /^the repair failed \(exit:1, .*\): the output is not JSON$/)
    assertExact(ended)
  })
})
