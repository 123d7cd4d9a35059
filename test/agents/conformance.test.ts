import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Agent, AgentEvent } from '../../src/agents/agent.ts'
import { builtinAgents, runtimeFacts } from '../../src/agents/registry.ts'
import { runtimeKeys, safetyTiers as tiers } from '../../src/core/runtime.ts'
import type { Task } from '../../src/core/task.ts'
import { totalTokens } from '../../src/core/usage.ts'
import type { Exit } from '../../src/process/spawn.ts'
import { driveSimulated } from './drive-agent.ts'
import { directoryOf, exitOf } from './replay.ts'
import { taskOf } from './rig.ts'

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
        const { argv, env } = agent.command(task, directoryOf(folder))
        return [JSON.stringify([argv, env])]
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

for (const agent of builtinAgents.filter(({ kind }) => kind === 'agent')) driveSimulated(agent)
