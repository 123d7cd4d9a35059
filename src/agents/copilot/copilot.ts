import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory } from '../agent.ts'
import { hostOf, networkNames } from '../environment.ts'
import { mcpServersOf } from '../mcp-servers.ts'
import { promptWithSchema } from '../prompt-text.ts'
import { chatCompletionsWay, messagesWay, responsesWay, type Way } from '../proxy/ways.ts'

/** The model that is asked for under `--simulate` where nobody names one. */
const simulatedModel = 'gpt-5.5'

/** Tools that neither write, run anything nor reach the network. */
const readingTools = ['view', 'grep', 'glob']

/** GitHub Copilot CLI, driven by `copilot` in a pipe with its JSON lines. */
export const copilot: Agent = {
  name: 'copilot',
  kind: 'agent',
  program: 'copilot',
  versionArgs: ['--version'],
  package: { npm: '@github/copilot', version: '1.0.102', accountedFrom: '1.0.102' },
  login: {
    variables: ['COPILOT_GITHUB_TOKEN', 'COPILOT_PROVIDER_API_KEY'],
    file: '.copilot/config.json',
    command: 'copilot login',
  },
  counts: { cost: 'unknown', afterKill: 'session files' },
  proxied: { ...chatCompletionsWay, find: findKey },
  model: async () => (await import('./simulated-model.ts')).copilotModel,
  provider: (environment) => hostOf(environment['COPILOT_PROVIDER_BASE_URL']) ?? 'copilot',
  hosts: ['api.github.com', 'github.com', '*.githubcopilot.com'],
  providerEnv: [
    'COPILOT_GITHUB_TOKEN',
    'COPILOT_MODEL',
    'COPILOT_OFFLINE',
    'COPILOT_PROVIDER_TYPE',
    'COPILOT_PROVIDER_BASE_URL',
    'COPILOT_PROVIDER_API_KEY',
    'COPILOT_PROVIDER_BEARER_TOKEN',
    'COPILOT_PROVIDER_WIRE_API',
    'COPILOT_PROVIDER_MODEL_ID',
    'COPILOT_PROVIDER_WIRE_MODEL',
    'COPILOT_GH_HOST',
    ...networkNames,
  ],
  supports: new Set([
    'model',
    'args',
    'allowed-tools',
    'disallowed-tools',
    'mcp',
    'output-schema',
    'expect.denials',
    'safety',
    'credentials',
    'transcript',
  ]),
  tells: new Set(['denied', 'model-changed', 'truncated']),
  safety: new Set(['autonomous', 'supervised', 'read-only']),
  undoing: {
    tree: /^--(trust-folder|add-dir|plugin-dir|additional-mcp-config|agent)\b/,
    safety: /^--(yolo|allow-|available-tools|add-dir|mode|autopilot|assisted-approval|enable-mcp-server|enable-all)/,
  },
  refusal: (task) => {
    if (task.action.kind !== 'prompt') return 'the copilot runtime only takes a `prompt`'
    return task.safety === 'manual' ? 'copilot cannot be kept from using tools (`safety: manual`)' : undefined
  },
  command: (task, directory) => {
    linkLogin(directory)
    writeServers(task, directory)
    return {
      argv: [...startOf(directory.find('copilot') ?? 'copilot'), ...argumentsOf(task, directory)],
      env: environmentOf(directory),
      cwd: directory.cwd,
      stdin: promptWithSchema(task),
    }
  },
  sessions: {
    folder: '.copilot/session-state',
    file: /events\.jsonl$/,
    turns: async () => (await import('./turns.ts')).copilotTurns,
  },
  // It takes no `--trust-folder` with a session, which it goes on with as it was.
  resume: (task, directory, { session }) => [
    ...startOf(directory.find('copilot') ?? 'copilot'),
    ...argumentsOf(task, directory).filter((argument) => argument !== '--trust-folder'),
    `--resume=${session}`,
  ],
  async parser(task, directory, earlier) {
    const { copilotParser } = await import('./parser.ts')
    return copilotParser(task, directory, join(homeOf(directory), 'session-state'), earlier)
  },
}

/** The kinds of provider that `COPILOT_PROVIDER_TYPE` names; what the CLI adds to the base URL of each. */
const isOpenai = (environment: Readonly<Record<string, string>>): boolean =>
  (environment['COPILOT_PROVIDER_TYPE'] || 'openai') === 'openai'

/** The key of a provider of one's own. A login at GitHub is asked for at GitHub's own API, which is no model's. */
function findKey(environment: Readonly<Record<string, string>>): ReturnType<NonNullable<Agent['proxied']>['find']> {
  const { COPILOT_PROVIDER_API_KEY: key, COPILOT_PROVIDER_BEARER_TOKEN: token } = environment
  const base = environment['COPILOT_PROVIDER_BASE_URL']
  if (!base || !(key || token))
    return environment['COPILOT_GITHUB_TOKEN']
      ? {
          problem: 'the login at GitHub',
          hint: 'give it a model of your own (COPILOT_PROVIDER_BASE_URL, COPILOT_PROVIDER_API_KEY)',
        }
      : undefined
  const way = wayOf(environment)
  const added = isOpenai(environment) ? '' : way.base
  return {
    upstream: `${base.replace(/\/$/, '')}${added}`,
    headers: token ? { authorization: `Bearer ${token}` } : way.headersOf(key ?? ''),
    variables: ['COPILOT_PROVIDER_API_KEY', 'COPILOT_PROVIDER_BEARER_TOKEN', 'COPILOT_GITHUB_TOKEN'],
    way,
  }
}

function wayOf(environment: Readonly<Record<string, string>>): Way {
  const type = environment['COPILOT_PROVIDER_TYPE']
  if (type === 'anthropic') return messagesWay
  const way = environment['COPILOT_PROVIDER_WIRE_API'] === 'responses' ? responsesWay : chatCompletionsWay
  return type === 'azure' ? { ...way, base: '/openai/v1', headersOf: (key) => ({ 'api-key': key }) } : way
}

const homeOf = ({ home }: AttemptDirectory): string => join(home, '.copilot')

/** What a checkout says counts where it is trusted: without the switch the CLI takes its instructions only. */
function argumentsOf(task: Task, { trust }: AttemptDirectory): string[] {
  return [
    '--output-format',
    'json',
    '--no-auto-update',
    '--no-ask-user',
    '--no-remote',
    '--disable-builtin-mcps',
    trust.tree ? '--trust-folder' : '--no-custom-instructions',
    ...toolArguments(task),
    ...(task.model ? ['--model', task.model] : []),
    ...task.args,
  ]
}

function toolArguments({ safety, allowedTools = [], disallowedTools = [] }: Task): string[] {
  const denied = disallowedTools.map((tool) => `--deny-tool=${tool}`)
  switch (safety) {
    case 'autonomous':
      return ['--allow-all', ...denied]
    case 'read-only':
    case 'manual':
      return [`--available-tools=${readingTools.join(',')}`, '--disallow-temp-dir', ...denied]
    default:
      return [...allowedTools.map((tool) => `--allow-tool=${tool}`), ...denied]
  }
}

/** The program unpacks itself, 240 MB, where it has not: of real runs that is kept in the user's cache. */
function environmentOf(directory: AttemptDirectory): Record<string, string> {
  const { endpoint, env, userCache } = directory
  const path = endpoint?.real && !isOpenai(env) ? '' : '/v1'
  return {
    COPILOT_AUTO_UPDATE: 'false',
    COPILOT_HOME: homeOf(directory),
    ...(userCache !== undefined && { COPILOT_PKG_CACHE_HOME: join(userCache, 'copilot') }),
    ...(endpoint !== undefined && {
      COPILOT_OFFLINE: 'true',
      COPILOT_PROVIDER_BASE_URL: `${endpoint.baseUrl}${path}`,
      COPILOT_PROVIDER_API_KEY: endpoint.apiKey,
      ...(endpoint.real ? {} : { COPILOT_MODEL: simulatedModel }),
    }),
  }
}

/** In the home of the attempt, where nobody else looks: a server may be given secrets. */
function writeServers(task: Task, directory: AttemptDirectory): void {
  const servers = mcpServersOf(task).map(({ name, command, written }) => [
    name,
    { type: command.length > 0 ? 'local' : 'http', tools: ['*'], ...written },
  ])
  if (servers.length === 0) return
  const text = JSON.stringify({ mcpServers: Object.fromEntries(servers) })
  writeFileSync(join(homeOf(directory), 'mcp-config.json'), text, { mode: 0o600 })
}

function linkLogin(directory: AttemptDirectory): void {
  const { endpoint, env, userHome } = directory
  const own = homeOf(directory)
  mkdirSync(own, { recursive: true })
  if (endpoint !== undefined || userHome === undefined) return
  if (env['COPILOT_GITHUB_TOKEN'] || env['COPILOT_PROVIDER_BASE_URL']) return
  const login = join(userHome, '.copilot', 'config.json')
  if (existsSync(login) && !existsSync(join(own, 'config.json'))) symlinkSync(login, join(own, 'config.json'))
}
