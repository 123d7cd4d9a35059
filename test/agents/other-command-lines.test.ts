import assert from 'node:assert/strict'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Agent, AttemptDirectory, KeyLogin } from '../../src/agents/agent.ts'
import { copilot } from '../../src/agents/copilot/copilot.ts'
import { opencode } from '../../src/agents/opencode/opencode.ts'
import { pi } from '../../src/agents/pi/pi.ts'
import { qwen } from '../../src/agents/qwen/qwen.ts'
import type { Task } from '../../src/core/task.ts'
import { directoryOf } from './replay.ts'
import { taskOf } from './rig.ts'

let root: string
before(() => {
  root = mkdtempSync(join(tmpdir(), 'commands-'))
})
after(() => rmSync(root, { recursive: true }))

let places = 0
const place = (): string => {
  const path = join(root, `place-${places++}`)
  mkdirSync(path)
  return path
}

const strange = { tree: false, event: true } as const
const command = (agent: Agent, task: Partial<Task> = {}, directory: Partial<AttemptDirectory> = {}) => {
  const home = place()
  const asked = taskOf('x', agent.name, { action: { kind: 'prompt', prompt: 'The prompt.' }, ...task })
  return { home, ...agent.command(asked, directoryOf(home, directory)) }
}
const put = (path: string, text = '{}'): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

describe('in a checkout that may be a stranger’s', () => {
  it('qwen takes nothing of it, where it is trusted all', () => {
    assert.ok(command(qwen, {}, { trust: strange }).argv.includes('--bare'))
    assert.ok(!command(qwen).argv.includes('--bare'))
  })

  it('copilot neither trusts the folder nor reads its instructions', () => {
    const { argv } = command(copilot, {}, { trust: strange })
    assert.ok(argv.includes('--no-custom-instructions') && !argv.includes('--trust-folder'))
    assert.ok(command(copilot).argv.includes('--trust-folder'))
  })

  for (const [agent, file] of [
    [opencode, '.opencode/plugin/x.js'],
    [opencode, 'opencode.json'],
    [opencode, 'opencode.jsonc'],
    [pi, '.pi/settings.json'],
  ] as const)
    it(`${agent.name} does not start beside ${file}, but where it is trusted`, () => {
      const cwd = place()
      put(join(cwd, file))
      assert.throws(() => command(agent, {}, { cwd, trust: strange }), /obeys .*may be a stranger's/)
      assert.ok(command(agent, {}, { cwd }).argv.length > 0)
      if (agent !== opencode) return
      const below = join(cwd, 'packages/a')
      mkdirSync(below, { recursive: true })
      assert.throws(() => command(agent, {}, { cwd: below, trust: strange }), /obeys/)
    })

  it('opencode starts below the home of a user who configured it', () => {
    const userHome = place()
    put(join(userHome, '.opencode/bin/opencode'))
    const cwd = join(userHome, 'work')
    mkdirSync(cwd)
    const { argv, env } = command(opencode, {}, { cwd, userHome, trust: strange })
    assert.ok(argv.includes('--pure'))
    assert.equal(env['OPENCODE_DISABLE_PROJECT_CONFIG'], '1')
  })
})

describe('what an agent may do', () => {
  const permissions = (safety: Task['safety']): unknown =>
    (JSON.parse(command(opencode, { safety }).env['OPENCODE_CONFIG_CONTENT'] ?? '') as { permission: unknown })
      .permission

  it('is said to opencode by permissions, which deny what they do not name', () => {
    assert.partialDeepStrictEqual(permissions('autonomous'), { '*': 'allow' })
    assert.deepEqual(permissions('manual'), { '*': 'deny' })
    const reads = { '*': 'deny', read: 'allow', grep: 'allow', glob: 'allow', list: 'allow' }
    assert.deepEqual(permissions('read-only'), reads)
    assert.partialDeepStrictEqual(permissions('supervised'), { ...reads, edit: 'allow' })
    assert.deepEqual(permissions('default'), permissions('supervised'))
  })

  it('is said to pi by its tools, of which `allowed-tools` adds some', () => {
    const tools = (task: Partial<Task>): string | undefined => {
      const { argv } = command(pi, task)
      return argv.includes('--no-tools') ? 'none' : argv[argv.indexOf('--tools') + 1]
    }
    assert.equal(tools({}), 'read,grep,find,ls')
    assert.equal(tools({ allowedTools: ['edit'] }), 'read,grep,find,ls,edit')
    assert.equal(tools({ safety: 'read-only', allowedTools: ['bash'] }), 'read,grep,find,ls')
    assert.equal(tools({ safety: 'manual' }), 'none')
    assert.match(tools({ safety: 'autonomous' }) ?? '', /bash,edit,write/)
  })

  it('is taken from a tier by `disallowed-tools`, and added to by `allowed-tools` where somebody would be asked', () => {
    const permission = (task: Partial<Task>): object => {
      const { env } = command(opencode, task)
      return (JSON.parse(env['OPENCODE_CONFIG_CONTENT'] ?? '') as { permission: object }).permission
    }
    const named = { allowedTools: ['webfetch', 'bash'], disallowedTools: ['bash', 'read'] }
    assert.partialDeepStrictEqual(permission(named), { '*': 'deny', webfetch: 'allow', bash: 'deny', read: 'deny' })
    assert.partialDeepStrictEqual(permission({ ...named, safety: 'autonomous' }), { '*': 'allow', bash: 'deny' })
    assert.ok(!('webfetch' in permission({ ...named, safety: 'read-only' })))
    const ofPi = command(pi, { safety: 'autonomous', disallowedTools: ['bash', 'ls'] }).argv
    assert.equal(ofPi[ofPi.indexOf('--tools') + 1], 'read,grep,find,edit,write')
    const ofQwen = (safety: Task['safety']): string => command(qwen, { ...named, safety }).argv.join(' ')
    assert.match(ofQwen('default'), /--allowed-tools webfetch --allowed-tools bash --exclude-tools bash/)
    assert.doesNotMatch(ofQwen('read-only'), /--allowed-tools/)
    assert.match(ofQwen('autonomous'), /--exclude-tools read/)
  })

  it('is said to copilot by what it allows and denies', () => {
    const said = (task: Partial<Task>): string => command(copilot, task).argv.join(' ')
    assert.match(
      said({ allowedTools: ['shell(git:*)'], disallowedTools: ['write'] }),
      /--allow-tool=shell\(git:\*\) --deny-tool=write/,
    )
    assert.match(said({ safety: 'read-only' }), /--available-tools=view,grep,glob/)
    assert.doesNotMatch(said({ safety: 'read-only', allowedTools: ['shell'] }), /--allow/)
  })
})

describe('a login', () => {
  for (const [agent, file] of [
    [qwen, '.qwen/oauth_creds.json'],
    [pi, '.pi/agent/auth.json'],
    [opencode, '.local/share/opencode/auth.json'],
    [copilot, '.copilot/config.json'],
  ] as const)
    it(`of ${agent.name} is linked into the home of the attempt, and not under --simulate`, () => {
      const userHome = place()
      put(join(userHome, file))
      assert.equal(readlinkSync(join(command(agent, {}, { userHome }).home, file)), join(userHome, file))
      const endpoint = { baseUrl: 'http://127.0.0.1:9', apiKey: 'k' }
      const { home } = command(agent, {}, { userHome, endpoint })
      assert.ok(!existsSync(join(home, file)) || !lstatSync(join(home, file)).isSymbolicLink())
    })

  it('of qwen is of the first key there is', () => {
    const auth = (env: Record<string, string>): string | undefined => {
      const { argv } = command(qwen, {}, { env })
      return argv[argv.indexOf('--auth-type') + 1]
    }
    assert.equal(auth({ ANTHROPIC_API_KEY: 'k' }), 'anthropic')
    assert.equal(auth({ ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k' }), 'openai')
    assert.equal(auth({}), 'qwen-oauth')
  })

  it('is nowhere in what is written for pi and opencode under --simulate', () => {
    const endpoint = { baseUrl: 'http://127.0.0.1:9', apiKey: 'the-key' }
    const { home } = command(pi, {}, { endpoint })
    assert.ok(!readFileSync(join(home, '.pi/agent/models.json'), 'utf8').includes('the-key'))
    assert.ok(!command(opencode, {}, { endpoint }).env['OPENCODE_CONFIG_CONTENT']?.includes('the-key'))
  })
})

describe('a key that is kept', () => {
  const find = ({ proxied }: Agent, env: Record<string, string>, model?: string): object | undefined =>
    proxied?.find(env, model)

  it('is that of the provider which the model names, and no other stays', () => {
    const env = { ANTHROPIC_API_KEY: 'a', OPENAI_API_KEY: 'o', GROQ_API_KEY: 'g' }
    for (const agent of [pi, opencode])
      assert.partialDeepStrictEqual(find(agent, env, 'anthropic/claude-sonnet-5'), {
        upstream: 'https://api.anthropic.com',
        headers: { 'x-api-key': 'a' },
      })
    const ofPi = proxiedKey(pi, env, 'openai/gpt-5.5')
    assert.deepEqual(ofPi.headers, { authorization: 'Bearer o' })
    for (const name of ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GROQ_API_KEY', 'MISTRAL_API_KEY'])
      assert.ok(ofPi.variables.includes(name), name)
    assert.partialDeepStrictEqual(find(pi, env, 'groq/openai/gpt-oss'), { upstream: 'https://api.groq.com/openai/v1' })
    assert.partialDeepStrictEqual(find(opencode, env, 'groq/openai/gpt-oss'), {
      problem: 'the key of the provider `groq`',
    })
    assert.equal(find(pi, {}, 'openai/gpt-5.5'), undefined)
    assert.equal(find(pi, { OPENAI_API_KEY: 'o' }, 'anthropic/claude-sonnet-5'), undefined)
    assert.ok('problem' in (find(pi, env) ?? {}))
  })

  it('of copilot goes the way of its kind of provider; a login at GitHub stays with the CLI', () => {
    const own = { COPILOT_PROVIDER_BASE_URL: 'https://models.example/v1/', COPILOT_PROVIDER_API_KEY: 'k' }
    assert.partialDeepStrictEqual(find(copilot, own), { upstream: 'https://models.example/v1' })
    const azure = { ...own, COPILOT_PROVIDER_BASE_URL: 'https://x.openai.azure.com', COPILOT_PROVIDER_TYPE: 'azure' }
    assert.partialDeepStrictEqual(find(copilot, azure), {
      upstream: 'https://x.openai.azure.com/openai/v1',
      headers: { 'api-key': 'k' },
    })
    assert.partialDeepStrictEqual(find(copilot, { ...own, COPILOT_PROVIDER_TYPE: 'anthropic' }), {
      headers: { 'x-api-key': 'k' },
      way: { api: 'messages' },
    })
    assert.ok('problem' in (find(copilot, { COPILOT_GITHUB_TOKEN: 't' }) ?? {}))
    assert.equal(find(copilot, {}), undefined)
  })

  it('leaves each CLI a token and our address, in no file and under the name of its provider', () => {
    const endpoint = { baseUrl: 'http://127.0.0.1:9', apiKey: 'the-token', real: true } as const
    const { home, argv } = command(pi, { model: 'google/gemini-2.5-pro' }, { endpoint })
    const models = readFileSync(join(home, '.pi/agent/models.json'), 'utf8')
    assert.partialDeepStrictEqual(JSON.parse(models), {
      providers: { google: { baseUrl: 'http://127.0.0.1:9/v1beta' } },
    })
    assert.ok(!models.includes('the-token') && argv.includes('google/gemini-2.5-pro'))
    const { env } = command(
      opencode,
      { model: 'anthropic/claude-sonnet-5' },
      { endpoint: { ...endpoint, api: 'messages' } },
    )
    assert.match(
      env['OPENCODE_CONFIG_CONTENT'] ?? '',
      /"anthropic":\{"options":\{"baseURL":"http:\/\/127\.0\.0\.1:9\/v1"/,
    )
    const ofQwen = command(qwen, {}, { endpoint: { ...endpoint, api: 'messages' } })
    assert.partialDeepStrictEqual(ofQwen.env, {
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
      ANTHROPIC_API_KEY: 'the-token',
    })
    assert.ok(ofQwen.argv.includes('anthropic') && !('OPENAI_API_KEY' in ofQwen.env))
    const anthropic = { COPILOT_PROVIDER_TYPE: 'anthropic' }
    const ofCopilot = command(copilot, {}, { endpoint: { ...endpoint, api: 'messages' }, env: anthropic }).env
    assert.equal(ofCopilot['COPILOT_PROVIDER_BASE_URL'], 'http://127.0.0.1:9')
    assert.ok(!('COPILOT_MODEL' in ofCopilot))
  })
})

function proxiedKey({ proxied }: Agent, env: Record<string, string>, model: string): KeyLogin {
  const login = proxied?.find(env, model)
  assert.ok(login !== undefined && !('problem' in login))
  return login
}
