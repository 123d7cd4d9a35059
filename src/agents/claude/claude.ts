import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { memoryVariable } from '../../core/memory.ts'
import type { Task } from '../../core/task.ts'
import type { Agent, AttemptDirectory, Cloud, Earlier } from '../agent.ts'
import { hostOf, networkNames } from '../environment.ts'
import { startOf } from '../../process/npm-shim.ts'

/** The first of these that is set is the credential; with none, the file of a login is linked in. */
const keyNames = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN']

/** Source: code.claude.com/docs, "Amazon Bedrock", "Google Vertex AI", "Microsoft Foundry". */
const clouds: readonly Cloud[] = [
  {
    name: 'Amazon Bedrock',
    variable: 'CLAUDE_CODE_USE_BEDROCK',
    needs: 'AWS_REGION, and AWS_BEARER_TOKEN_BEDROCK or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  {
    name: 'Google Vertex AI',
    variable: 'CLAUDE_CODE_USE_VERTEX',
    needs: 'CLOUD_ML_REGION, ANTHROPIC_VERTEX_PROJECT_ID and GOOGLE_APPLICATION_CREDENTIALS',
  },
  {
    name: 'Microsoft Foundry',
    variable: 'CLAUDE_CODE_USE_FOUNDRY',
    needs: 'ANTHROPIC_FOUNDRY_RESOURCE in `env` and ANTHROPIC_FOUNDRY_API_KEY in `secrets` of the instance',
  },
]
const otherProviders = clouds.map(({ variable }) => variable)

/** Retries of the CLI itself: few, because ours wait without holding a process, and it retries even a rejected key. */
const innerRetries = '2'

/** Dollars. */
const smallestBudget = 0.0001

/** Tools that neither write, run anything nor reach the network. */
const readingTools = ['Read', 'Glob', 'Grep', 'LS']

/** Claude Code, driven by `claude -p` with its stream-json output. */
export const claude: Agent = {
  name: 'claude',
  kind: 'agent',
  program: 'claude',
  versionArgs: ['--version'],
  package: {
    npm: '@anthropic-ai/claude-code',
    version: '2.1.332',
    otherVersions: ['2.1.329'],
    accountedFrom: '2.1.329',
    needsScripts: true,
  },
  login: {
    variables: ['ANTHROPIC_API_KEY', 'CLAUDE_CODE_OAUTH_TOKEN', 'ANTHROPIC_AUTH_TOKEN'],
    file: '.claude/.credentials.json',
    command: 'claude setup-token',
    clouds,
  },
  counts: { cost: 'reported', afterKill: 'session files' },
  proxied: {
    api: 'messages',
    base: '',
    paths: /^\/v1\/(?:messages(?:\/count_tokens)?|models(?:\/[\w.-]+)?)$/,
    headersOf: (key) => ({ 'x-api-key': key }),
    find: findKey,
  },
  subscription: isSubscription,
  model: async () => (await import('./simulated-model.ts')).claudeModel,
  hosts: ['api.anthropic.com', 'platform.claude.com', 'console.anthropic.com', 'claude.ai'],
  providerEnv: [
    ...keyNames,
    ...otherProviders,
    'CLAUDE_CONFIG_DIR',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_MODEL',
    'ANTHROPIC_CUSTOM_HEADERS',
    'ANTHROPIC_BEDROCK_BASE_URL',
    'ANTHROPIC_VERTEX_BASE_URL',
    'ANTHROPIC_VERTEX_PROJECT_ID',
    'CLOUD_ML_REGION',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'AWS_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_BEARER_TOKEN_BEDROCK',
    ...networkNames,
  ],
  supports: new Set([
    'model',
    'args',
    'max-turns',
    'allowed-tools',
    'disallowed-tools',
    'instructions',
    'mcp',
    'output-schema',
    'budget.cost-usd',
    'expect.denials',
    'safety',
    'permissions',
    'credentials',
    'transcript',
  ]),
  tells: new Set(['denied', 'mcp-failed', 'model-changed', 'truncated', 'refused']),
  sharesPrefix: true,
  undoing: {
    tree: /^--setting-sources[= ](?!user\s*$|\s*$)/,
    safety: /^--(permission-mode|permission-prompt-tool|(allow-)?dangerously-skip-permissions|tools)\b/,
  },
  provider: providerOf,
  refusal: (task) => (task.action.kind === 'prompt' ? undefined : 'the claude runtime only takes a `prompt`'),
  command: (task, directory) => ({
    argv: [
      ...programOf(directory),
      ...argumentsOf(task, directory),
      ...prefixArguments(task),
      ...continuedArguments(directory),
    ],
    env: environmentOf(task, directory),
    cwd: directory.cwd,
    stdin: task.action.kind === 'prompt' ? inputOf(task.action.prompt, task.sharedLength) : '',
  }),
  resume: (task, directory, earlier) => [
    ...programOf(directory),
    ...argumentsOf({ ...task, ...remainingBudget(task, earlier) }, directory),
    '--resume',
    earlier.session,
  ],
  sessions: {
    folder: '.claude/projects',
    file: /\.jsonl$/,
    continues: true,
    turns: async () => (await import('./turns.ts')).claudeTurns,
  },
  async parser(task, directory, earlier) {
    const { claudeParser } = await import('./parser.ts')
    return claudeParser(task, directory, configDirectory(directory), earlier)
  },
}

/** The login of a plan, by a token or by a file: one of a key or of a cloud would come first. */
function isSubscription(environment: Readonly<Record<string, string>>, userHome: string): boolean {
  if (['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', ...otherProviders].some((name) => environment[name])) return false
  if (environment['CLAUDE_CODE_OAUTH_TOKEN']) return true
  return existsSync(join(environment['CLAUDE_CONFIG_DIR'] ?? join(userHome, '.claude'), '.credentials.json'))
}

/** A key or a gateway's token goes into a header; the other logins are worked with by the CLI itself. */
function findKey(environment: Readonly<Record<string, string>>): ReturnType<NonNullable<Agent['proxied']>['find']> {
  const cloud = clouds.find(({ variable }) => environment[variable])
  if (cloud !== undefined) return { problem: `the login at ${cloud.name}` }
  const { ANTHROPIC_API_KEY: key, ANTHROPIC_AUTH_TOKEN: token, CLAUDE_CODE_OAUTH_TOKEN: oauth } = environment
  if (!key && !token) return oauth ? { problem: 'the login of CLAUDE_CODE_OAUTH_TOKEN' } : undefined
  return {
    upstream: environment['ANTHROPIC_BASE_URL'] || 'https://api.anthropic.com',
    headers: {
      ...(key && { 'x-api-key': key }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...customHeaders(environment['ANTHROPIC_CUSTOM_HEADERS'] ?? ''),
    },
    variables: [...keyNames, 'ANTHROPIC_CUSTOM_HEADERS'],
  }
}

/** `Name: value`, a line each, as Claude Code reads them. */
function customHeaders(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).map((line) => /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(line))
  return Object.fromEntries(lines.flatMap((match) => (match ? [[(match[1] ?? '').toLowerCase(), match[2] ?? '']] : [])))
}

/** A prompt is text: at its very beginning a slash would make a command of the CLI of it, which no model is asked about. */
const asText = (prompt: string): string => (prompt.startsWith('/') ? ` ${prompt}` : prompt)

/** The prompt; where others begin with the same, in two blocks, of which the provider is to keep the first. */
function inputOf(prompt: string, sharedLength: number | undefined): string {
  if (sharedLength === undefined) return asText(prompt)
  const content = [
    { type: 'text', text: prompt.slice(0, sharedLength), cache_control: { type: 'ephemeral' } },
    { type: 'text', text: prompt.slice(sharedLength) },
  ]
  return `${JSON.stringify({ type: 'user', message: { role: 'user', content } })}\n`
}

/** Without partial messages the CLI says nothing of an answer before a whole block of it has come. */
const prefixArguments = ({ sharedLength, leads }: Task): string[] => [
  ...(sharedLength === undefined ? [] : ['--input-format', 'stream-json']),
  ...(leads === true ? ['--include-partial-messages'] : []),
]

/** A session is found in any folder of projects, whatever the working directory was; what its permissions were is not taken up. */
const continuedArguments = ({ continued }: AttemptDirectory): string[] =>
  continued === undefined ? [] : ['--resume', continued.session, ...(continued.fork ? ['--fork-session'] : [])]

/** Who serves the models: Anthropic, a cloud, or whatever stands behind a base URL. */
function providerOf(environment: Readonly<Record<string, string | undefined>>): string {
  const cloud = otherProviders.find((name) => environment[name])
  if (cloud !== undefined) return cloud.slice('CLAUDE_CODE_USE_'.length).toLowerCase()
  return hostOf(environment['ANTHROPIC_BASE_URL']) ?? 'anthropic'
}

const programOf = (directory: AttemptDirectory): readonly string[] => startOf(directory.find('claude') ?? 'claude')

const configDirectory = (directory: AttemptDirectory): string => join(directory.home, '.claude')

function argumentsOf(task: Task, directory: AttemptDirectory): string[] {
  const allowed = [...(task.allowedTools ?? []), ...(task.permissions?.allow ?? [])]
  const disallowed = [...(task.disallowedTools ?? []), ...(task.permissions?.deny ?? [])]
  const strict = !directory.trust.tree || task.mcp !== undefined
  const memory = directory.env[memoryVariable]
  return [
    '-p',
    '--output-format',
    'stream-json',
    ...(memory ? ['--add-dir', memory] : []),
    '--verbose',
    ...(task.model ? ['--model', task.model] : []),
    ...(task.maxTurns === undefined ? [] : ['--max-turns', String(task.maxTurns)]),
    ...(allowed.length > 0 ? ['--allowedTools', allowed.join(',')] : []),
    ...(disallowed.length > 0 ? ['--disallowedTools', disallowed.join(',')] : []),
    ...(task.instructions ? ['--append-system-prompt', task.instructions] : []),
    ...(task.mcp === undefined ? [] : ['--mcp-config', JSON.stringify(task.mcp)]),
    ...(strict ? ['--strict-mcp-config'] : []),
    ...(directory.trust.tree ? [] : ['--setting-sources', 'user']),
    ...(task.outputSchema === undefined ? [] : ['--json-schema', JSON.stringify(task.outputSchema)]),
    ...(task.budget?.costUsd === undefined || task.budget.onExceeded === 'warn'
      ? []
      : ['--max-budget-usd', String(Math.max(smallestBudget, task.budget.costUsd))]),
    ...safetyArguments(task),
    ...task.args,
  ]
}

/** The CLI counts the cost of its process, not of the session. It takes no budget of nothing. */
function remainingBudget({ budget }: Task, { accounting }: Earlier): Pick<Task, 'budget'> {
  if (budget?.costUsd === undefined) return {}
  return { budget: { ...budget, costUsd: Math.max(smallestBudget, budget.costUsd - (accounting.costUsd ?? 0)) } }
}

/** The safety tiers in the CLI's own switches. `supervised` is its default mode: what is not allowed and cannot be asked is denied. */
function safetyArguments({ safety }: Task): string[] {
  switch (safety) {
    case 'autonomous':
      return ['--permission-mode', 'bypassPermissions']
    case 'read-only':
      return ['--tools', readingTools.join(',')]
    case 'manual':
      return ['--tools', '']
    default:
      return []
  }
}

/** Makes the configuration directory of the attempt and says which variables lead the CLI there and keep it quiet. */
function environmentOf(task: Task, directory: AttemptDirectory): Record<string, string> {
  const config = configDirectory(directory)
  mkdirSync(config, { recursive: true })
  if (directory.endpoint === undefined) linkCredentials(directory, config)
  return {
    CLAUDE_CONFIG_DIR: config,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_MAX_RETRIES: directory.env['CLAUDE_CODE_MAX_RETRIES'] ?? innerRetries,
    // Its folder of memories, new for each attempt, stands in the system prompt.
    ...(task.sharedLength !== undefined && { CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1' }),
    ...(task.safety === 'autonomous' && isRoot(task) && { IS_SANDBOX: '1' }),
    ...(directory.endpoint && {
      ANTHROPIC_BASE_URL: directory.endpoint.baseUrl,
      ANTHROPIC_API_KEY: directory.endpoint.apiKey,
    }),
  }
}

/** In a container it may be, whoever we are. */
const isRoot = ({ container }: Task): boolean => container !== undefined || process.getuid?.() === 0

function linkCredentials(directory: AttemptDirectory, config: string): void {
  const { env, userHome } = directory
  if (userHome === undefined || [...keyNames, ...otherProviders].some((name) => env[name])) return
  const file = join(env['CLAUDE_CONFIG_DIR'] ?? join(userHome, '.claude'), '.credentials.json')
  if (existsSync(file)) symlinkSync(file, join(config, '.credentials.json'))
}
