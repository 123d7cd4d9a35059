import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { kinds } from '../agents/ledger-run.ts'
import { type LedgerServer, openLedgerServer } from '../agents/ledger-server.ts'
import { ledAgents, ledgerVariable, ledName } from '../agents/led-agents.ts'
import { openRig, type Rig, taskOf } from '../agents/rig.ts'
import { foreignAgents, installClis } from './installed.ts'

after(installClis(foreignAgents).remove)

const key = 'zz-the-key-of-the-provider-17'

/** A CLI, the API by which it asks, its environment and model, and the headers by which the provider must see the key. */
interface Way {
  readonly runtime: string
  readonly name: string
  readonly env: (url: string) => Readonly<Record<string, string>>
  readonly model?: string
  readonly header: readonly [string, string]
}

const bearer = ['authorization', `Bearer ${key}`] as const
const anthropic = ['x-api-key', key] as const
const google = ['x-goog-api-key', key] as const

const copilotWay = (type: string, wire: string, path: string, header: readonly [string, string]): Way => ({
  runtime: 'copilot',
  name: `${type}, ${wire}`,
  env: (url) => ({
    COPILOT_PROVIDER_TYPE: type,
    COPILOT_PROVIDER_WIRE_API: wire,
    COPILOT_PROVIDER_BASE_URL: `${url}${path}`,
    COPILOT_PROVIDER_API_KEY: key,
    COPILOT_MODEL: 'gpt-4.1',
  }),
  header,
})

const ofProvider = (runtime: string, model: string, variable: string, header: readonly [string, string]): Way => ({
  runtime,
  name: model,
  env: (url) => ({ [variable]: key, [ledgerVariable]: url }),
  model,
  header,
})

const ways: readonly Way[] = [
  copilotWay('openai', 'completions', '/v1', bearer),
  copilotWay('openai', 'responses', '/v1', bearer),
  copilotWay('anthropic', 'completions', '', anthropic),
  {
    runtime: 'qwen',
    name: 'a key of OpenAI',
    env: (url) => ({ OPENAI_API_KEY: key, OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: 'gpt-4.1' }),
    header: bearer,
  },
  {
    runtime: 'qwen',
    name: 'a key of Anthropic',
    env: (url) => ({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url, ANTHROPIC_MODEL: 'claude-sonnet-5' }),
    header: bearer,
  },
  ofProvider('opencode', 'anthropic/claude-sonnet-4-5', 'ANTHROPIC_API_KEY', anthropic),
  ofProvider('opencode', 'openai/gpt-5.1', 'OPENAI_API_KEY', bearer),
  ofProvider('opencode', 'google/gemini-2.5-pro', 'GEMINI_API_KEY', google),
  ofProvider('opencode', 'openrouter/openai/gpt-4o', 'OPENROUTER_API_KEY', bearer),
  ofProvider('pi', 'anthropic/claude-sonnet-4-5', 'ANTHROPIC_API_KEY', anthropic),
  ofProvider('pi', 'openai/gpt-5.1', 'OPENAI_API_KEY', bearer),
  ofProvider('pi', 'google/gemini-2.5-pro', 'GEMINI_API_KEY', google),
  ofProvider('pi', 'openrouter/openai/gpt-4o', 'OPENROUTER_API_KEY', bearer),
  ofProvider('pi', 'groq/openai/gpt-oss-120b', 'GROQ_API_KEY', bearer),
  ofProvider('pi', 'xai/grok-4', 'XAI_API_KEY', bearer),
]

const isChosen = ({ runtime }: Way): boolean => foreignAgents.some(({ name }) => name === runtime)

const shells: Readonly<Record<string, (command: string) => { name: string; input: object }>> = {
  copilot: (command) => ({ name: 'bash', input: { command, description: 'look' } }),
  qwen: (command) => ({ name: 'run_shell_command', input: { command, is_background: false } }),
  opencode: (command) => ({ name: 'bash', input: { command, description: 'look' } }),
  pi: (command) => ({ name: 'bash', input: { command } }),
}

describe('a key that is kept from the other CLIs', { concurrency: 2 }, () => {
  let rig: Rig
  let server: LedgerServer
  before(async () => {
    server = await openLedgerServer()
    rig = await openRig({ agents: ledAgents })
  })
  after(async () => {
    await rig.close()
    await server.close()
  })

  for (const [index, { runtime, name, env, model, header }] of ways.filter(isChosen).entries())
    it(`${runtime}: ${name}`, async () => {
      const id = `k${index}`
      const headers: string[] = []
      const search = `(env; cat /proc/self/environ; cat "$HOME"/.??*/* "$HOME"/.??*/*/*) > seen-${id}.txt 2>&1; true`
      const url = server.open(id, ({ number, headers: seen }) => {
        headers.push(String(seen[header[0]]))
        const call = shells[runtime]?.(search)
        return number === 1 && call !== undefined ? { call: [call] } : { text: 'DONE' }
      })
      const { failure, accounting, text } = await rig.run(
        taskOf(id, ledName(runtime), {
          action: { kind: 'prompt', prompt: 'Please look around.' },
          safety: 'autonomous',
          credentials: 'proxy',
          env: env(url),
          ...(model !== undefined && { model }),
        }),
      )
      const said = JSON.stringify({ failure, accounting, text, served: server.served(id) })
      assert.equal(failure, null, said)
      assert.equal(text, 'DONE', said)
      assert.ok(headers.length >= 2, said)
      assert.deepEqual(new Set(headers), new Set([header[1]]))
      const served = server.served(id)
      assert.equal(accounting.partial, false, said)
      for (const kind of kinds) if (kind !== 'reasoning') assert.equal(accounting.usage?.[kind], served[kind], said)
      assert.ok(
        !rig.events.some((event) => event.type === 'notice' && event.id === id && event.message.includes('key proxy')),
      )
      const seen = join(rig.workspace, `seen-${id}.txt`)
      assert.ok(existsSync(seen), said)
      const found = readFileSync(seen, 'utf8')
      assert.match(found, /PATH=/)
      assert.ok(!found.includes(key), 'the key is seen')
    })

  it('is refused by name where it cannot be kept', async () => {
    const ask = async (id: string, runtime: string, env: Record<string, string>, model?: string): Promise<string> => {
      const { failure } = await rig.run(
        taskOf(id, runtime, {
          action: { kind: 'prompt', prompt: 'hi' },
          credentials: 'proxy',
          env,
          ...(model !== undefined && { model }),
        }),
      )
      return failure !== null && 'detail' in failure ? (failure.detail ?? '') : JSON.stringify(failure)
    }
    assert.match(
      await ask('r1', 'copilot', { COPILOT_GITHUB_TOKEN: 'x' }),
      /the login at GitHub.*COPILOT_PROVIDER_BASE_URL/,
    )
    assert.match(await ask('r2', 'pi', { MISTRAL_API_KEY: 'x' }, 'mistral/devstral'), /the provider `mistral`/)
    assert.match(await ask('r3', 'opencode', { OPENCODE_API_KEY: 'x' }, 'opencode/zen'), /the provider `opencode`/)
    assert.match(await ask('r4', 'opencode', { OPENAI_API_KEY: 'x' }), /no `model` names.*model: provider\/name/)
    assert.match(await ask('r5', 'qwen', {}), /no key to keep/)
  })
})
