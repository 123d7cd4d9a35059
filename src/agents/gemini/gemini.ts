import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory } from '../agent.ts'
import { hostOf, networkNames } from '../environment.ts'
import { mcpServersOf } from '../mcp-servers.ts'
import { promptText } from '../prompt-text.ts'
import { generateContentWay } from '../proxy/ways.ts'
import { telemetryFile } from './telemetry.ts'

/** Attempts of the CLI itself at a request: few, because ours wait without holding a process. */
const innerAttempts = 2

/** Gemini CLI, driven by `gemini` in a pipe with its stream-json output. */
export const gemini: Agent = {
  name: 'gemini',
  kind: 'agent',
  program: 'gemini',
  versionArgs: ['--version'],
  package: { npm: '@google/gemini-cli', version: '0.61.0', accountedFrom: '0.61.0' },
  login: { variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'], file: '.gemini/oauth_creds.json', command: 'gemini' },
  counts: { cost: 'unknown', afterKill: 'nothing' },
  proxied: { ...generateContentWay, find: findKey },
  subscription: (environment, userHome) =>
    !['GEMINI_API_KEY', 'GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_API_KEY'].some((name) => environment[name]) &&
    existsSync(join(userHome, '.gemini', 'oauth_creds.json')),
  model: async () => (await import('./simulated-model.ts')).geminiModel,
  provider: (environment) =>
    hostOf(environment['GOOGLE_GEMINI_BASE_URL']) ?? (environment['GOOGLE_GENAI_USE_VERTEXAI'] ? 'vertex' : 'google'),
  hosts: [
    'generativelanguage.googleapis.com',
    'cloudcode-pa.googleapis.com',
    'oauth2.googleapis.com',
    'accounts.google.com',
  ],
  providerEnv: [
    'GEMINI_API_KEY',
    'GOOGLE_API_KEY',
    'GOOGLE_GEMINI_BASE_URL',
    'GOOGLE_GENAI_USE_VERTEXAI',
    'GOOGLE_CLOUD_PROJECT',
    'GOOGLE_CLOUD_LOCATION',
    'GOOGLE_APPLICATION_CREDENTIALS',
    ...networkNames,
  ],
  supports: new Set(['model', 'args', 'max-turns', 'mcp', 'safety', 'credentials', 'transcript']),
  tells: new Set(['denied', 'model-changed', 'truncated']),
  safety: new Set(['autonomous', 'supervised', 'read-only']),
  undoing: { safety: /^(-y|--(yolo|approval-mode|allowed-tools)\b)/ },
  refusal: (task) => {
    if (task.action.kind !== 'prompt') return 'the gemini runtime only takes a `prompt`'
    return task.safety === 'manual' ? 'gemini cannot be kept from using tools (`safety: manual`)' : undefined
  },
  command: (task, directory) => {
    if (!directory.trust.tree)
      throw new Error('gemini obeys hooks and MCP servers of a checkout, so it only runs in one that is trusted')
    writeSettings(task, directory)
    return {
      argv: [...startOf(directory.find('gemini') ?? 'gemini'), ...argumentsOf(task)],
      env: environmentOf(directory),
      cwd: directory.cwd,
      stdin: promptText(task, command),
    }
  },
  sessions: {
    folder: '.gemini/tmp',
    file: /[/\\]chats[/\\].*\.jsonl$/,
    turns: async () => (await import('./turns.ts')).geminiTurns(),
  },
  async parser(task, directory) {
    const { geminiParser } = await import('./parser.ts')
    return geminiParser(task, directory)
  },
}

function findKey(environment: Readonly<Record<string, string>>): ReturnType<NonNullable<Agent['proxied']>['find']> {
  const { GEMINI_API_KEY: key } = environment
  if (!key) {
    const vertex = ['GOOGLE_GENAI_USE_VERTEXAI', 'GOOGLE_API_KEY'].some((name) => environment[name])
    return vertex ? { problem: 'the login at Google Vertex AI' } : undefined
  }
  return {
    upstream: environment['GOOGLE_GEMINI_BASE_URL'] || 'https://generativelanguage.googleapis.com',
    headers: { 'x-goog-api-key': key },
    variables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  }
}

/** A slash before anything but blanks makes a command of the CLI of a prompt. */
const command = /^\s*\//

const approvalModes: Readonly<Record<Task['safety'], string>> = {
  autonomous: 'yolo',
  supervised: 'default',
  'read-only': 'plan',
  manual: 'plan',
  default: 'default',
}

function argumentsOf(task: Task): string[] {
  return [
    '--output-format',
    'stream-json',
    '--approval-mode',
    approvalModes[task.safety],
    ...(task.model ? ['-m', task.model] : []),
    ...task.args,
  ]
}

const homeOf = (directory: AttemptDirectory): string => join(directory.home, '.gemini')

/** How it logs in: by a key, by the cloud, or by the login of the user we run as. */
function authOf({ endpoint, env }: AttemptDirectory): string {
  if (endpoint !== undefined || env['GEMINI_API_KEY']) return 'gemini-api-key'
  if (env['GOOGLE_GENAI_USE_VERTEXAI'] || env['GOOGLE_API_KEY']) return 'vertex-ai'
  return 'oauth-personal'
}

/** What has no flag of its own stands in the settings of the attempt's own home. */
function writeSettings(task: Task, directory: AttemptDirectory): void {
  const home = homeOf(directory)
  mkdirSync(home, { recursive: true })
  const auth = authOf(directory)
  const settings = {
    security: { auth: { selectedType: auth } },
    privacy: { usageStatisticsEnabled: false },
    general: { enableAutoUpdate: false, maxAttempts: innerAttempts },
    telemetry: { enabled: true, target: 'local', outfile: telemetryFile(directory), logPrompts: false },
    ...(task.maxTurns !== undefined && { model: { maxSessionTurns: task.maxTurns } }),
    ...(task.mcp !== undefined && { mcpServers: serversOf(task) }),
  }
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 })
  const { userHome } = directory
  const login = userHome === undefined ? undefined : join(userHome, '.gemini', 'oauth_creds.json')
  const linked = join(home, 'oauth_creds.json')
  if (auth === 'oauth-personal' && login !== undefined && existsSync(login) && !existsSync(linked))
    symlinkSync(login, linked)
}

/** An address without a kind is taken for one of the protocol's older transport. */
const serversOf = (task: Task): JsonObject =>
  Object.fromEntries(
    mcpServersOf(task).map(({ name, url, written }) => [name, url === '' ? written : { type: 'http', ...written }]),
  )

function environmentOf({ endpoint }: AttemptDirectory): Record<string, string> {
  return {
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    GEMINI_CLI_NO_RELAUNCH: 'true',
    ...(endpoint !== undefined && { GOOGLE_GEMINI_BASE_URL: endpoint.baseUrl, GEMINI_API_KEY: endpoint.apiKey }),
  }
}
