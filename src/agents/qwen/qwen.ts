import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory, Endpoint } from '../agent.ts'
import { hostOf, networkNames } from '../environment.ts'
import { promptText } from '../prompt-text.ts'
import { chatCompletionsWay, generateContentWay, messagesWay } from '../proxy/ways.ts'

/** Tools that neither write, run anything nor reach the network. */
const readingTools = ['read_file', 'grep_search', 'glob', 'list_directory']

/** The model that is asked for under `--simulate` where nobody names one. */
const simulatedModel = 'qwen3-coder-plus'

/** Retries of its client at a request: few, because ours wait without holding a process. It has others that no setting limits. */
const innerRetries = 0

/** Qwen Code, driven by `qwen` in a pipe with its stream-json output. */
export const qwen: Agent = {
  name: 'qwen',
  kind: 'agent',
  program: 'qwen',
  versionArgs: ['--version'],
  package: { npm: '@qwen-code/qwen-code', version: '0.24.4', accountedFrom: '0.24.4' },
  login: {
    variables: ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'],
    file: '.qwen/oauth_creds.json',
    command: 'qwen',
  },
  counts: { cost: 'unknown', afterKill: 'nothing' },
  proxied: { ...chatCompletionsWay, find: findKey },
  model: async () => (await import('./simulated-model.ts')).qwenModel,
  provider: (environment) =>
    hostOf(environment['OPENAI_BASE_URL']) ??
    hostOf(environment['ANTHROPIC_BASE_URL']) ??
    { openai: 'openai', anthropic: 'anthropic', gemini: 'google', 'qwen-oauth': 'qwen' }[authOf(environment)],
  hosts: ['api.openai.com', 'chat.qwen.ai', 'portal.qwen.ai', 'dashscope.aliyuncs.com', 'dashscope-intl.aliyuncs.com'],
  providerEnv: [
    'OPENAI_API_KEY',
    'OPENAI_BASE_URL',
    'OPENAI_MODEL',
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_MODEL',
    'GEMINI_API_KEY',
    'GEMINI_MODEL',
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
    'safety',
    'credentials',
  ]),
  tells: new Set(['denied', 'model-changed', 'truncated']),
  safety: new Set(['autonomous', 'supervised', 'read-only']),
  undoing: {
    tree: /^(-e|--(extensions|no-bare|no-safe-mode|mcp-config|include-directories|add-dir)\b)/,
    safety: /^(-y|--(yolo|approval-mode|allowed-tools|core-tools|no-sandbox)\b)/,
  },
  refusal: (task) => {
    if (task.action.kind !== 'prompt') return 'the qwen runtime only takes a `prompt`'
    return task.safety === 'manual' ? 'qwen cannot be kept from using tools (`safety: manual`)' : undefined
  },
  command: (task, directory) => {
    writeSettings(directory)
    return {
      argv: [...startOf(directory.find('qwen') ?? 'qwen'), ...argumentsOf(task, directory)],
      env: environmentOf(directory),
      cwd: directory.cwd,
      stdin: promptText(task),
    }
  },
  resume: (task, directory, { session }) => [
    ...startOf(directory.find('qwen') ?? 'qwen'),
    ...argumentsOf(task, directory),
    '--resume',
    session,
  ],
  async parser(task, directory, earlier) {
    const { qwenParser } = await import('./parser.ts')
    return qwenParser(task, directory, earlier)
  },
}

const approvalModes: Readonly<Record<Task['safety'], string>> = {
  autonomous: 'yolo',
  supervised: 'default',
  'read-only': 'plan',
  manual: 'plan',
  default: 'default',
}

/** `--bare` takes nothing of a checkout: no hooks, MCP servers, extensions, instructions, `.env`; and offers fewer tools. */
function argumentsOf(task: Task, directory: AttemptDirectory): string[] {
  return [
    ...(directory.trust.tree ? [] : ['--bare']),
    '--output-format',
    'stream-json',
    '--auth-type',
    directory.endpoint === undefined ? authOf(directory.env) : authAt(directory.endpoint),
    '--approval-mode',
    approvalModes[task.safety],
    ...(task.safety === 'read-only' ? ['--core-tools', readingTools.join(',')] : []),
    ...toolArguments(task),
    ...(task.model ? ['--model', task.model] : []),
    ...(task.maxTurns === undefined ? [] : ['--max-session-turns', String(task.maxTurns)]),
    ...(task.instructions ? ['--append-system-prompt', task.instructions] : []),
    ...(task.mcp === undefined ? [] : ['--mcp-config', JSON.stringify(task.mcp)]),
    ...(task.outputSchema === undefined ? [] : ['--json-schema', JSON.stringify(task.outputSchema)]),
    ...task.args,
  ]
}

/** What may go without being asked for is named where somebody would be asked; what may not is taken away whatever the tier. */
function toolArguments({ safety, allowedTools = [], disallowedTools = [] }: Task): string[] {
  const asks = safety === 'default' || safety === 'supervised'
  return [
    ...(asks ? allowedTools.flatMap((tool) => ['--allowed-tools', tool]) : []),
    ...disallowedTools.flatMap((tool) => ['--exclude-tools', tool]),
  ]
}

/** How it logs in: by the first key there is, else by the login of the user we run as. */
function authOf(env: Readonly<Record<string, string | undefined>>): 'openai' | 'anthropic' | 'gemini' | 'qwen-oauth' {
  if (env['OPENAI_API_KEY']) return 'openai'
  if (env['ANTHROPIC_API_KEY']) return 'anthropic'
  return env['GEMINI_API_KEY'] ? 'gemini' : 'qwen-oauth'
}

/** How it asks where we stand between it and its model. */
const authAt = ({ api }: Endpoint): 'openai' | 'anthropic' | 'gemini' =>
  api === 'messages' ? 'anthropic' : api === 'generate-content' ? 'gemini' : 'openai'

/** Keys that it looks for. */
const keyNames = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY']

/** The first key there is, as `authOf` takes it; to an address that is not Anthropic's own the CLI sends the key as a token. */
function findKey(environment: Readonly<Record<string, string>>): ReturnType<NonNullable<Agent['proxied']>['find']> {
  const { OPENAI_API_KEY: openai, ANTHROPIC_API_KEY: anthropic, GEMINI_API_KEY: google } = environment
  const { OPENAI_BASE_URL, ANTHROPIC_BASE_URL } = environment
  if (openai)
    return {
      upstream: OPENAI_BASE_URL || 'https://api.openai.com/v1',
      headers: chatCompletionsWay.headersOf(openai),
      variables: keyNames,
    }
  if (anthropic)
    return {
      upstream: ANTHROPIC_BASE_URL || 'https://api.anthropic.com',
      headers: ANTHROPIC_BASE_URL ? { authorization: `Bearer ${anthropic}` } : messagesWay.headersOf(anthropic),
      variables: keyNames,
      way: messagesWay,
    }
  if (!google) return undefined
  return {
    upstream: 'https://generativelanguage.googleapis.com',
    headers: generateContentWay.headersOf(google),
    variables: keyNames,
    way: generateContentWay,
  }
}

/** Without its memory, for which it would ask a model beside the one of its user. A login is linked in where there is no key. */
function writeSettings({ home, env, endpoint, userHome }: AttemptDirectory): void {
  const own = join(home, '.qwen')
  mkdirSync(own, { recursive: true })
  writeFileSync(
    join(own, 'settings.json'),
    JSON.stringify({
      general: { enableAutoUpdate: false },
      memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false },
      model: { generationConfig: { maxRetries: innerRetries } },
      privacy: { usageStatisticsEnabled: false },
    }),
  )
  if (endpoint !== undefined || userHome === undefined || authOf(env) !== 'qwen-oauth') return
  const login = join(userHome, '.qwen', 'oauth_creds.json')
  const linked = join(own, 'oauth_creds.json')
  if (existsSync(login) && !existsSync(linked)) symlinkSync(login, linked)
}

function environmentOf({ endpoint }: AttemptDirectory): Record<string, string> {
  return {
    QWEN_CODE_NO_RELAUNCH: 'true',
    QWEN_CODE_SUPPRESS_YOLO_WARNING: '1',
    ...(endpoint !== undefined && led(endpoint)),
  }
}

/** The variables by which it finds us instead of its model. */
function led(endpoint: Endpoint): Record<string, string> {
  const { baseUrl, apiKey, real } = endpoint
  switch (authAt(endpoint)) {
    case 'anthropic':
      return { ANTHROPIC_BASE_URL: baseUrl, ANTHROPIC_API_KEY: apiKey }
    case 'gemini':
      return { GOOGLE_GEMINI_BASE_URL: baseUrl, GEMINI_API_KEY: apiKey }
    case 'openai':
      return {
        OPENAI_BASE_URL: `${baseUrl}/v1`,
        OPENAI_API_KEY: apiKey,
        ...(real ? {} : { OPENAI_MODEL: simulatedModel }),
      }
  }
}
