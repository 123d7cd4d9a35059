import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { AttemptEnded, AttemptProgress, AttemptStarted } from '../../src/core/event.ts'
import type { SessionRule } from '../../src/core/session.ts'
import type { Task } from '../../src/core/task.ts'
import { totalTokens, zeroUsage } from '../../src/core/usage.ts'
import { createRedactor } from '../../src/journal/redactor.ts'
import { openRig, type Rig, taskOf } from '../agents/rig.ts'

/** A simulated model knows what was said before by the request it gets. */
const rules = String.raw`
rules:
  - match: { instance: "writes*" }
    replies: [{ tools: [{ run: "echo 1 > by-the-first.txt" }] }, { text: I wrote it. }]
  - match: { instance: "denied*" }
    replies: [{ tools: [{ run: "echo 2 > by-the-second.txt" }] }, { text: I was not allowed to. }]
  - match: { instance: "cut*" }
    replies: [{ tools: [{ run: echo begun }] }, { text: The rest never comes., hang: true }]
  - match: { instance: "schema*", prompt: Your last answer was not accepted }
    reply: { json: { done: true } }
  - match: { instance: "schema*" }
    reply: { text: Prose. }
  - match: { prompt: "/remember BLUE[^]*which colour/" }
    reply: { text: It was BLUE. }
  - match: { instance: "*" }
    reply: { text: I know nothing of that. }
`

let rig: Rig
before(async () => {
  rig = await openRig({ rules })
})
after(() => rig.close())

const run = (id: string, runtime: string, prompt: string, rest: Partial<Task> = {}): Promise<AttemptEnded> =>
  rig.run(taskOf(id, runtime, { action: { kind: 'prompt', prompt }, keepsSession: true, ...rest }))

/** Killed once its first answer was counted, and the CLI had a moment to write it down. */
const killed = async (id: string, runtime: string, rest: Partial<Task>): Promise<AttemptEnded> => {
  const ending = run(id, runtime, 'Please remember BLUE.', { safety: 'autonomous', ...rest })
  await rig.until(
    (event): event is AttemptProgress =>
      event.type === 'attempt.progress' && event.id === id && (event.accounting.usage?.output ?? 0) > 0,
  )
  await delay(1500)
  rig.launcher.stop(id, 1, 'cancelled', 'kill')
  const ended = await ending
  assert.equal(ended.failure?.kind, 'cancelled')
  return ended
}

/** A task that takes up what an attempt left, as the engine makes one. */
const takeUp = ({ id, attempt, session, runtime }: AttemptEnded, rule: Partial<SessionRule> = {}): Partial<Task> => ({
  session: { from: id, fork: false, ...rule, of: { session: session ?? '', attempt, runtime } },
})

const assertExact = (ended: AttemptEnded): void => {
  assert.equal(ended.failure, null, JSON.stringify(ended.failure))
  assert.deepEqual(ended.accounting.usage, rig.served(ended.id))
  assert.equal(ended.accounting.partial, false)
}

const startOf = (id: string): AttemptStarted =>
  rig.events.find((event) => event.type === 'attempt.started' && event.id === id) as AttemptStarted

/** Every file below a folder with its content. */
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

for (const runtime of ['claude', 'codex'] as const)
  describe(`a session of ${runtime}`, { concurrency: 2 }, () => {
    it('is taken up elsewhere, knows what was said, and is counted once', async () => {
      const first = await run(`first-${runtime}`, runtime, 'Please remember BLUE.')
      assertExact(first)
      mkdirSync(join(rig.workspace, 'elsewhere'), { recursive: true })
      const second = await run(`second-${runtime}`, runtime, 'So which colour was it?', {
        ...takeUp(first),
        workingDirectory: 'elsewhere',
      })
      assert.equal(second.text, 'It was BLUE.')
      assertExact(second)
      assert.equal(second.session, first.session)
      const { from, session, fork } = startOf(second.id).continues ?? {}
      assert.deepEqual({ from, session, fork }, { from: first.id, session: first.session, fork: false })
      const third = await run(`third-${runtime}`, runtime, 'Once more, which colour?', takeUp(second))
      assert.equal(third.text, 'It was BLUE.')
      assertExact(third)
    })

    it('is forked by several at once, and by another fork, each with a session of its own', async () => {
      const first = await run(`root-${runtime}`, runtime, 'Please remember BLUE.')
      const kept = join(rig.root, 'run/sessions', `${first.id}.1`)
      const before = contentOf(kept)
      const forks = await Promise.all(
        ['a', 'b'].map((name) =>
          run(`fork-${name}-${runtime}`, runtime, 'So which colour was it?', takeUp(first, { fork: true })),
        ),
      )
      for (const ended of forks) {
        assert.equal(ended.text, 'It was BLUE.')
        assertExact(ended)
      }
      assert.equal(new Set([first, ...forks].map(({ session }) => session)).size, 3)
      assert.deepEqual(contentOf(kept), before, 'nobody wrote to what was kept')
      const [fork] = forks
      assert.ok(fork)
      for (const [name, isFork] of [
        ['onwards', false],
        ['again', true],
      ] as const) {
        const next = await run(
          `${name}-${runtime}`,
          runtime,
          'Once more, which colour?',
          takeUp(fork, { fork: isFork }),
        )
        assert.equal(next.text, 'It was BLUE.')
        assertExact(next)
      }
    })

    it('gives no permissions to who takes it up', async () => {
      const first = await run(`writes-${runtime}`, runtime, 'Write it.', { safety: 'autonomous' })
      assertExact(first)
      const safety = runtime === 'claude' ? 'default' : 'read-only'
      const second = await run(`denied-${runtime}`, runtime, 'And the other.', { ...takeUp(first), safety })
      assertExact(second)
      const files = readdirSync(rig.workspace)
      assert.ok(files.includes('by-the-first.txt'))
      assert.ok(!files.includes('by-the-second.txt'))
    })

    it('is repaired where its answer breaks the schema, counted once', async () => {
      const first = await run(`base-${runtime}`, runtime, 'Please remember BLUE.')
      const outputSchema = {
        type: 'object',
        properties: { done: { type: 'boolean' } },
        required: ['done'],
        additionalProperties: false,
      }
      for (const fork of [false, true]) {
        const ended = await run(`schema-${fork}-${runtime}`, runtime, 'Answer.', {
          ...takeUp(first, { fork }),
          outputSchema,
        })
        assert.deepEqual(ended.json, { done: true })
        assertExact(ended)
      }
    })

    it('of an attempt that was killed goes on; what is killed meanwhile tells what it spent itself', async () => {
      const first = await killed(`cut-${runtime}`, runtime, {})
      const second = await run(`mends-${runtime}`, runtime, 'So which colour was it?', takeUp(first))
      assert.equal(second.text, 'It was BLUE.')
      assertExact(second)
      for (const fork of [false, true]) {
        const { id, accounting } = await killed(`cut-${fork}-${runtime}`, runtime, takeUp(second, { fork }))
        const [told, served] = [totalTokens(accounting.usage ?? zeroUsage), totalTokens(rig.served(id))]
        assert.ok(accounting.partial && told > 0 && told <= served, `${told} of ${served}`)
      }
    })
  })

describe('a session that cannot be taken up', () => {
  const problemOf = async (id: string, rest: Partial<Task>): Promise<string> => {
    const { failure, accounting } = await run(id, 'codex', 'Go on.', rest)
    assert.equal(failure?.kind, 'spawn')
    assert.equal(accounting.usage?.input, 0)
    return failure.detail ?? ''
  }

  it('because its instance was not run', async () => {
    assert.match(await problemOf('none', { session: { from: 'never', fork: false } }), /`never` has no session/)
  })

  it('because its files are gone', async () => {
    const first = await run('gone', 'codex', 'Please remember BLUE.')
    rmSync(join(rig.root, 'run/sessions/gone.1'), { recursive: true })
    assert.match(
      await problemOf('after-gone', takeUp(first)),
      /the session of `gone` is not here.*`orchestrator retry gone --again`/,
    )
  })

  it('because another runtime had it', async () => {
    const first = await run('other', 'claude', 'Please remember BLUE.')
    assert.match(await problemOf('after-other', takeUp(first)), /one of claude, which codex cannot continue/)
  })

  it('because a name in it leads elsewhere', async () => {
    const first = await run('named', 'codex', 'Please remember BLUE.')
    assert.match(await problemOf('after-named', takeUp({ ...first, session: '../named' })), /is not here/)
  })
})

describe('what is kept of a session', () => {
  it('is for our user alone', async () => {
    await run('private', 'claude', 'Please remember BLUE.')
    const folder = join(rig.root, 'run/sessions')
    assert.equal(statSync(folder).mode & 0o077, 0)
    for (const name of Object.keys(contentOf(folder))) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  })

  it('is not masked, while its transcript and its log are', async () => {
    const secret = 'hunter2-of-the-session'
    const masked = await openRig({ rules, redactor: createRedactor([secret]) })
    try {
      const { failure } = await masked.run(
        taskOf('told', 'claude', {
          action: { kind: 'prompt', prompt: `Please remember ${secret}.` },
          keepsSession: true,
          transcript: true,
        }),
      )
      assert.equal(failure, null)
      const isTold = (folder: string): boolean =>
        Object.values(contentOf(join(masked.root, 'run', folder))).some((text) => text.includes(secret))
      assert.deepEqual([isTold('sessions'), isTold('logs')], [true, false])
      const transcript = readFileSync(join(masked.root, 'run/logs/told.1.transcript.jsonl'), 'utf8')
      assert.match(transcript, /Please remember \*\*\*/)
    } finally {
      await masked.close()
    }
  })

  it('does not follow links', async () => {
    writeFileSync(join(rig.root, 'secret.jsonl'), 'not for you\n')
    const ended = await run('linked', 'shell', '', {
      action: { kind: 'script', script: 'true' },
    })
    assert.equal(ended.failure, null)
    assert.ok(!readdirSync(join(rig.root, 'run/sessions')).includes('linked.1'))
  })
})
