import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory, Endpoint } from '../agent.ts'
import { networkNames, soleProvider } from '../environment.ts'
import { mcpServersOf } from '../mcp-servers.ts'
import { promptWithSchema } from '../prompt-text.ts'
import { findProviderKey, ledBase, providerOf } from '../proxy/key-providers.ts'
import { chatCompletionsWay } from '../proxy/ways.ts'
import { findConfiguration } from '../tree-configuration.ts'

/** Variable by which the key of a given endpoint reaches OpenCode. */
const endpointKey = 'ORCHESTRATOR_MODEL_KEY'

/** The model that is asked for under `--simulate` where nobody names one. */
const simulatedModel = 'gpt-5.5'

/** Tools that neither write, run anything nor reach the network. */
const reading = { read: 'allow', grep: 'allow', glob: 'allow', list: 'allow' }

/** Keys that it looks for. */
const keys = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'OPENROUTER_API_KEY',
  'OPENCODE_API_KEY',
] as const

/** OpenCode, driven by `opencode run --format json`. */
export const opencode: Agent = {
  name: 'opencode',
  kind: 'agent',
  program: 'opencode',
  versionArgs: ['--version'],
  package: { npm: 'opencode-ai', version: '1.18.33', accountedFrom: '1.18.33', needsScripts: true },
  login: {
    variables: keys,
    file: '.local/share/opencode/auth.json',
    command: 'opencode auth login',
  },
  counts: { cost: 'unknown', afterKill: 'nothing' },
  proxied: {
    ...chatCompletionsWay,
    find: findProviderKey(['anthropic', 'openai', 'google', 'openrouter'], keys),
  },
  model: async () => (await import('./simulated-model.ts')).opencodeModel,
  provider: (environment) => soleProvider(environment) ?? 'opencode',
  providerEnv: [...keys, ...networkNames],
  supports: new Set([
    'model',
    'args',
    'allowed-tools',
    'disallowed-tools',
    'mcp',
    'output-schema',
    'safety',
    'credentials',
  ]),
  tells: new Set(['truncated']),
  safety: new Set(['autonomous', 'supervised', 'read-only', 'manual']),
  undoing: {
    tree: /^(-f|--(file|dir|command|attach)\b)/,
    safety: /^--(auto|agent|attach|command)\b/,
  },
  refusal: (task) => (task.action.kind === 'prompt' ? undefined : 'the opencode runtime only takes a `prompt`'),
  command: (task, directory) => {
    if (!directory.trust.tree) refuseConfiguration(directory)
    if (directory.endpoint === undefined) linkLogin(directory)
    return {
      argv: [...startOf(directory.find('opencode') ?? 'opencode'), ...argumentsOf(task, directory)],
      env: environmentOf(task, directory),
      cwd: directory.cwd,
      stdin: promptWithSchema(task),
    }
  },
  resume: (task, directory, { session }) => [
    ...startOf(directory.find('opencode') ?? 'opencode'),
    ...argumentsOf(task, directory),
    '--session',
    session,
  ],
  async parser(task, directory, earlier) {
    const { opencodeParser } = await import('./parser.ts')
    return opencodeParser(task, directory, earlier)
  },
}

/** It runs plugins and MCP servers that it finds from its directory upwards, by no switch to be kept from it. */
function refuseConfiguration({ cwd, userHome }: AttemptDirectory): void {
  const names = ['.opencode', 'opencode.json', 'opencode.jsonc']
  const found = findConfiguration(names, { cwd, home: userHome, above: true })
  if (found !== undefined) throw new Error(`opencode obeys ${found}, and the checkout may be a stranger's`)
}

/** With a title, because it would ask a model for one, which no line tells. */
function argumentsOf(task: Task, { endpoint, trust }: AttemptDirectory): string[] {
  const model = endpoint === undefined || endpoint.real ? task.model : `orchestrator/${simulatedName(task)}`
  return [
    'run',
    '--format',
    'json',
    '--title',
    'orchestrator',
    '--agent',
    'build',
    ...(trust.tree ? [] : ['--pure']),
    ...(model ? ['--model', model] : []),
    ...task.args,
  ]
}

/** What would have to be asked for is denied: it ends where it is refused an answer. What is named last holds. */
function permissionsOf(task: Task): JsonObject {
  const { safety, allowedTools = [], disallowedTools = [] } = task
  const asks = safety === 'default' || safety === 'supervised'
  return {
    ...tierOf(safety),
    ...(asks && Object.fromEntries(allowedTools.map((tool) => [tool, 'allow']))),
    ...Object.fromEntries(disallowedTools.map((tool) => [tool, 'deny'])),
  }
}

function tierOf(safety: Task['safety']): JsonObject {
  switch (safety) {
    case 'autonomous':
      return { '*': 'allow', question: 'deny' }
    case 'read-only':
      return { '*': 'deny', ...reading }
    case 'manual':
      return { '*': 'deny' }
    default:
      return { '*': 'deny', ...reading, edit: 'allow', todowrite: 'allow', todoread: 'allow' }
  }
}

/** The name of a model without that of its provider. */
const simulatedName = ({ model }: Task): string => (model || simulatedModel).split('/').at(-1) ?? simulatedModel

/** Its configuration is in a variable, which comes after all files that it reads. */
function configurationOf(task: Task, { endpoint }: AttemptDirectory): JsonObject {
  const permission = permissionsOf(task)
  const name = simulatedName(task)
  return {
    share: 'disabled',
    autoupdate: false,
    permission,
    agent: { build: { permission } },
    ...(task.mcp !== undefined && { mcp: serversOf(task) }),
    ...(endpoint !== undefined && (endpoint.real ? ledProvider(task, endpoint) : simulatedProvider(name, endpoint))),
  }
}

const serversOf = (task: Task): JsonObject =>
  Object.fromEntries(
    mcpServersOf(task).map(({ name, command, env, url, headers }): [string, JsonObject] => [
      name,
      command.length > 0
        ? { type: 'local', command: [...command], environment: env }
        : { type: 'remote', url, headers },
    ]),
  )

const apiKey = `{env:${endpointKey}}`

/** A provider that it knows, with our address and a token in the place of its own. */
function ledProvider({ model }: Task, { baseUrl, api }: Endpoint): JsonObject {
  const provider = providerOf(model)
  const baseURL = `${ledBase(provider, baseUrl)}${api === 'messages' ? '/v1' : ''}`
  return { provider: { [provider]: { options: { baseURL, apiKey } } } }
}

const simulatedProvider = (name: string, { baseUrl }: Endpoint): JsonObject => ({
  small_model: `orchestrator/${name}`,
  provider: {
    orchestrator: {
      npm: '@ai-sdk/openai-compatible',
      name: 'orchestrator',
      options: { baseURL: `${baseUrl}/v1`, apiKey },
      models: { [name]: { name } },
    },
  },
})

function environmentOf(task: Task, directory: AttemptDirectory): Record<string, string> {
  const { endpoint, trust } = directory
  return {
    OPENCODE_CONFIG_CONTENT: JSON.stringify(configurationOf(task, directory)),
    OPENCODE_DISABLE_AUTOUPDATE: '1',
    OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    ...(!trust.tree && {
      OPENCODE_DISABLE_PROJECT_CONFIG: '1',
      OPENCODE_DISABLE_CLAUDE_CODE: '1',
      OPENCODE_DISABLE_EXTERNAL_SKILLS: '1',
    }),
    ...(endpoint !== undefined && !endpoint.real && { OPENCODE_DISABLE_MODELS_FETCH: '1' }),
    ...(endpoint !== undefined && { [endpointKey]: endpoint.apiKey }),
  }
}

function linkLogin({ home, userHome }: AttemptDirectory): void {
  if (userHome === undefined) return
  const file = join('.local', 'share', 'opencode', 'auth.json')
  const linked = join(home, file)
  if (!existsSync(join(userHome, file)) || existsSync(linked)) return
  mkdirSync(dirname(linked), { recursive: true })
  symlinkSync(join(userHome, file), linked)
}
