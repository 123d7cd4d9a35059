import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory } from '../agent.ts'
import { hostOf, networkNames } from '../environment.ts'
import { promptText } from '../prompt-text.ts'

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
  model: async () => (await import('./simulated-model.ts')).qwenModel,
  provider: (environment) =>
    hostOf(environment['OPENAI_BASE_URL']) ??
    hostOf(environment['ANTHROPIC_BASE_URL']) ??
    { openai: 'openai', anthropic: 'anthropic', gemini: 'google', 'qwen-oauth': 'qwen' }[authOf(environment)],
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
  supports: new Set(['model', 'args', 'max-turns', 'instructions', 'output-schema', 'safety']),
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
  async parser(task, directory) {
    const { qwenParser } = await import('./parser.ts')
    return qwenParser(task, directory)
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
    directory.endpoint === undefined ? authOf(directory.env) : 'openai',
    '--approval-mode',
    approvalModes[task.safety],
    ...(task.safety === 'read-only' ? ['--core-tools', readingTools.join(',')] : []),
    ...(task.model ? ['--model', task.model] : []),
    ...(task.maxTurns === undefined ? [] : ['--max-session-turns', String(task.maxTurns)]),
    ...(task.instructions ? ['--append-system-prompt', task.instructions] : []),
    ...(task.outputSchema === undefined ? [] : ['--json-schema', JSON.stringify(task.outputSchema)]),
    ...task.args,
  ]
}

/** How it logs in: by the first key there is, else by the login of the user we run as. */
function authOf(env: Readonly<Record<string, string | undefined>>): 'openai' | 'anthropic' | 'gemini' | 'qwen-oauth' {
  if (env['OPENAI_API_KEY']) return 'openai'
  if (env['ANTHROPIC_API_KEY']) return 'anthropic'
  return env['GEMINI_API_KEY'] ? 'gemini' : 'qwen-oauth'
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
    ...(endpoint !== undefined && {
      OPENAI_BASE_URL: `${endpoint.baseUrl}/v1`,
      OPENAI_API_KEY: endpoint.apiKey,
      OPENAI_MODEL: simulatedModel,
    }),
  }
}
