import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Agent, AgentEvent } from '../../src/agents/agent.ts'
import { builtinAgents, runtimeFacts } from '../../src/agents/registry.ts'
import type { AttemptEnded, AttemptProgress, RunEvent } from '../../src/core/event.ts'
import { runtimeKeys, safetyTiers as tiers } from '../../src/core/runtime.ts'
import type { Task } from '../../src/core/task.ts'
import { totalTokens } from '../../src/core/usage.ts'
import type { Exit } from '../../src/process/spawn.ts'
import { directoryOf, exitOf } from './replay.ts'
import { openRig, type Rig, taskOf } from './rig.ts'

/** What every runtime of the registry has to keep to: a new one is tested by being in it. */

const fixtures = resolve(import.meta.dirname, '../fixtures/agents')
const prompt = 'Please do what this prompt says.'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

const freshHome = (): string => mkdtempSync(join(folder, 'home-'))

const asking = (agent: Agent, rest: Partial<Task> = {}): Task =>
  taskOf('x', agent.name, {
    action: agent.kind === 'agent' ? { kind: 'prompt', prompt } : { kind: 'script', script: 'exit 0' },
    ...rest,
  })

/** The recorded outputs of an agent's CLI: folders named after it and a version. */
const recordingsOf = ({ name }: Agent): string[] =>
  readdirSync(fixtures)
    .filter((entry) => entry.startsWith(`${name}-`))
    .flatMap((version) =>
      readdirSync(join(fixtures, version))
        .filter((file) => file.endsWith('.ndjson'))
        .map((file) => join(version, file)),
    )

const linesOf = (recording: string): string[] => readFileSync(join(fixtures, recording), 'utf8').split('\n')

/** Lines that no CLI should print, and some that it nearly does. */
const garbage = [
  '',
  ' ',
  'not JSON',
  'null',
  '[]',
  '42',
  '"text"',
  '{',
  '{}',
  '{"type":null}',
  '{"type":{}}',
  '{"type":"result"}',
  '{"type":"assistant","message":[]}',
  '{"type":"item.completed","item":"x"}',
  '\u0000\u001B[31m',
  '\uD800',
]

const ends: readonly Partial<Exit>[] = [
  {},
  { code: 1 },
  { code: null, signal: 'SIGKILL' },
  { code: 143, termination: { kind: 'stopped', cause: 'cancelled' } },
  { code: null, signal: 'SIGTERM', termination: { kind: 'timeout', limit: 'wall', afterMs: 5 } },
]

for (const agent of builtinAgents)
  describe(`the record of ${agent.name}`, () => {
    it('is whole: package, login, counting and simulation for who calls a model, none for others', () => {
      const isAgent = agent.kind === 'agent'
      for (const part of ['package', 'login', 'counts', 'model'] as const)
        assert.equal(agent[part] !== undefined, isAgent, part)
      for (const name of agent.login?.variables ?? []) assert.ok(agent.providerEnv.includes(name), name)
      if (agent.package !== undefined) assert.match(agent.package.version, /^\d+\.\d+\.\d+$/)
    })

    it('promises only keys and tiers that the language has', () => {
      for (const key of agent.supports) assert.ok(runtimeKeys.includes(key), key)
      for (const tier of agent.safety ?? [])
        assert.ok(
          tiers.some((known) => known === tier),
          tier,
        )
      assert.equal(runtimeFacts().get(agent.name)?.available, true)
    })

    it('refuses what it cannot carry out', () => {
      const foreign: Task['action'] =
        agent.kind === 'agent' ? { kind: 'script', script: 'true' } : { kind: 'prompt', prompt }
      assert.match(agent.refusal?.({ ...asking(agent), action: foreign }) ?? '', /\w/)
      assert.equal(agent.refusal?.(asking(agent)), undefined)
    })
  })

for (const agent of builtinAgents.filter(({ kind }) => kind === 'agent')) {
  const { name } = agent
  describe(`the command line of ${name}`, () => {
    const env = Object.fromEntries(agent.providerEnv.map((variable) => [variable, `planted-${variable}`]))

    it('has the prompt on standard input and no secret in its arguments', () => {
      for (const rest of [{}, { instructions: 'Be brief.', model: 'some-model' }]) {
        const spawn = agent.command(asking(agent, rest), directoryOf(freshHome(), { env }))
        assert.ok(spawn.stdin?.includes(prompt))
        assert.ok(!spawn.argv.some((argument) => argument.includes(prompt)))
        for (const variable of agent.login?.variables ?? [])
          assert.ok(!spawn.argv.some((argument) => argument.includes(`planted-${variable}`)), variable)
      }
    })

    it('makes no command of a prompt that begins with a slash', () => {
      const slash = asking(agent, { action: { kind: 'prompt', prompt: '/help me' } })
      const { stdin } = agent.command(slash, directoryOf(freshHome()))
      assert.ok(stdin?.endsWith('/help me'), stdin)
    })

    it('spells each tier of safety its own way, or refuses it', () => {
      const spellings = tiers.flatMap((safety) => {
        const task = asking(agent, { safety })
        const isPromised = agent.supports.has('safety') && (agent.safety?.has(safety) ?? true)
        if (!isPromised) {
          assert.match(agent.refusal?.(task) ?? '', /\w/, `${safety} is neither promised nor refused`)
          return []
        }
        assert.equal(agent.refusal?.(task), undefined)
        return [JSON.stringify(agent.command(task, directoryOf(folder)).argv)]
      })
      assert.equal(new Set(spellings).size, spellings.length, spellings.join('\n'))
    })

    it('says model, arguments and instructions where it promises to', () => {
      const said = { model: 'the-model', args: ['--the-argument'], instructions: 'The instructions.' }
      const { argv } = agent.command(asking(agent, said), directoryOf(freshHome()))
      const home = argv.join('\n')
      if (agent.supports.has('model')) assert.match(home, /the-model/)
      if (agent.supports.has('args')) assert.match(home, /--the-argument/)
    })

    it('is the same for the same task, wherever it ran before', () => {
      const home = freshHome()
      const once = agent.command(asking(agent), directoryOf(home)).argv
      assert.deepEqual(agent.command(asking(agent), directoryOf(home)).argv, once)
    })
  })

  describe(`the parser of ${name}`, () => {
    const recordings = recordingsOf(agent)
    const parse = async (lines: readonly string[], home: string) => {
      const parser = await agent.parser(asking(agent), directoryOf(home))
      const events: AgentEvent[] = []
      for (const line of lines) if (parser.wants?.(Buffer.from(line)) !== false) events.push(...parser.line(line))
      events.push(...(parser.poll?.() ?? []))
      return { parser, events }
    }

    it('has recordings of the real CLI', () => assert.ok(recordings.length > 0))

    it('survives any line, whole or torn, and any end', async () => {
      const home = freshHome()
      const torn = recordings
        .slice(0, 12)
        .flatMap((recording) =>
          linesOf(recording).flatMap((line) => [
            line.slice(0, line.length / 2),
            line.slice(line.length / 2),
            `${line}${line}`,
          ]),
        )
      for (const end of ends) {
        const { failure, accounting } = await (await parse([...garbage, ...torn], home)).parser.end(exitOf(end))
        if (end.code !== undefined) assert.notEqual(failure, null)
        assert.ok(accounting.usage === null || totalTokens(accounting.usage) >= 0)
      }
    })

    it('takes no end but 0 for success, and nothing for exact that it ended itself', async () => {
      for (const recording of recordings) {
        const lines = linesOf(recording)
        for (const end of ends.slice(1)) {
          const { failure } = await (await parse(lines, freshHome())).parser.end(exitOf(end))
          if (end.termination !== undefined || end.signal !== undefined) assert.notEqual(failure, null, recording)
        }
        const { parser, events } = await parse(lines.slice(0, -2), freshHome())
        const { accounting } = await parser.end(
          exitOf({ code: 143, termination: { kind: 'stopped', cause: 'budget' } }),
        )
        const spent = events.some((event) => event.type === 'accounting' && (event.accounting.usage?.input ?? 0) > 0)
        if (spent) assert.ok(accounting.partial, `${recording}: ${JSON.stringify(accounting)}`)
      }
    })

    it('never counts backwards', async () => {
      for (const recording of recordings) {
        let last = 0
        for (const event of (await parse(linesOf(recording), freshHome())).events) {
          if (event.type !== 'accounting' || event.accounting.usage === null) continue
          const tokens = totalTokens(event.accounting.usage)
          assert.ok(tokens >= last, `${recording}: ${tokens} after ${last}`)
          last = tokens
        }
      }
    })
  })
}

const path = [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter)
const isInstalled = ({ program }: Agent): boolean =>
  path.split(delimiter).some((directory) => existsSync(join(directory, program)))

for (const agent of builtinAgents.filter(({ kind }) => kind === 'agent')) {
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
    reply: { error: { status: 429, message: slow down } }
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
      assert.equal(ended.accounting.costUsd !== null, agent.counts?.cost === 'reported')
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
