import { parseObject } from '../../core/parse-object.ts'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isObject } from '../../core/is-object.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import type { Agent, AttemptDirectory, KeyLogin } from '../agent.ts'
import { mcpServersOf } from '../mcp-servers.ts'
import { responsesWay } from '../proxy/ways.ts'
import { findTreeSkills } from './tree-skills.ts'
import { hostOf, networkNames } from '../environment.ts'
import { startOf } from '../../process/npm-shim.ts'
import { readTextFile } from '../../process/read-regular-file.ts'

/** Variable by which the key of a given endpoint reaches Codex. */
const endpointKey = 'ORCHESTRATOR_MODEL_KEY'

/** Retries of the CLI itself: few, because ours wait without holding a process. */
const innerRetries = 2

/** Codex, driven by `codex exec --json`. */
export const codex: Agent = {
  name: 'codex',
  kind: 'agent',
  program: 'codex',
  versionArgs: ['--version'],
  package: { npm: '@openai/codex', version: '0.171.0', otherVersions: ['0.169.0'], accountedFrom: '0.169.0' },
  login: { variables: ['OPENAI_API_KEY', 'CODEX_API_KEY'], file: '.codex/auth.json', command: 'codex login' },
  counts: { cost: 'unknown', afterKill: 'session files' },
  proxied: { ...responsesWay, find: findKey },
  subscription: isSubscription,
  model: async () => (await import('./simulated-model.ts')).codexModel,
  hosts: ['api.openai.com', 'chatgpt.com', 'auth.openai.com'],
  providerEnv: [
    'OPENAI_API_KEY',
    'CODEX_API_KEY',
    'CODEX_HOME',
    'OPENAI_BASE_URL',
    'OPENAI_ORGANIZATION',
    'OPENAI_PROJECT',
    ...networkNames,
  ],
  supports: new Set(['model', 'args', 'instructions', 'mcp', 'output-schema', 'safety', 'credentials', 'transcript']),
  tells: new Set(['model-changed', 'truncated', 'refused']),
  safety: new Set(['autonomous', 'supervised', 'read-only']),
  undoing: {
    tree: /^--(trust|dangerously-bypass-hook-trust)\b|^(-c|--config)[= ]?\s*["']?(project_doc_|skills|projects)/,
    safety:
      /^(-s|--(sandbox|approve-for-me|add-dir|dangerously-bypass-approvals-and-sandbox)\b)|^(-c|--config)[= ]?\s*["']?(sandbox|approval|(default_)?permissions)/,
  },
  provider: (environment) => hostOf(environment['OPENAI_BASE_URL']) ?? 'openai',
  refusal: (task) => {
    if (task.action.kind !== 'prompt') return 'the codex runtime only takes a `prompt`'
    return task.safety === 'manual' ? 'codex cannot be kept from using tools (`safety: manual`)' : undefined
  },
  command: (task, directory) => {
    if (task.outputSchema !== undefined) writeFileSync(schemaFile(directory), JSON.stringify(task.outputSchema))
    return {
      argv: [...programOf(directory), ...argumentsOf(task, directory), ...continuedArguments(directory), '-'],
      env: environmentOf(directory),
      cwd: directory.cwd,
      stdin: task.action.kind === 'prompt' ? task.action.prompt : '',
    }
  },
  resume: (task, directory, { session }) => [
    ...programOf(directory),
    ...argumentsOf(task, directory),
    'resume',
    session,
    '-',
  ],
  sessions: {
    folder: '.codex/sessions',
    file: /rollout-[^/\\]*\.jsonl$/,
    continues: true,
    turns: async () => (await import('./turns.ts')).codexTurns,
  },
  async parser(task, directory, earlier) {
    const { codexParser } = await import('./parser.ts')
    return codexParser(task, directory, codexHome(directory), earlier)
  },
}

/** The login of a plan of ChatGPT's, in the file; one by a key may stand there as well. */
function isSubscription(environment: Readonly<Record<string, string>>, userHome: string): boolean {
  if (environment['CODEX_API_KEY'] || environment['OPENAI_API_KEY']) return false
  try {
    const login = readTextFile(join(environment['CODEX_HOME'] ?? join(userHome, '.codex'), 'auth.json'))
    return isObject(parseObject(login)?.['tokens'])
  } catch {
    return false
  }
}

function findKey(environment: Readonly<Record<string, string>>): KeyLogin | undefined {
  const { OPENAI_ORGANIZATION: organization, OPENAI_PROJECT: project } = environment
  const key = environment['CODEX_API_KEY'] || environment['OPENAI_API_KEY']
  if (!key) return undefined
  return {
    upstream: environment['OPENAI_BASE_URL'] || 'https://api.openai.com/v1',
    headers: {
      authorization: `Bearer ${key}`,
      ...(organization && { 'openai-organization': organization }),
      ...(project && { 'openai-project': project }),
    },
    variables: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
  }
}

const programOf = (directory: AttemptDirectory): readonly string[] => startOf(directory.find('codex') ?? 'codex')

const continuedArguments = ({ continued }: AttemptDirectory): string[] =>
  continued === undefined ? [] : [continued.fork ? 'fork' : 'resume', continued.session]

const schemaFile = (directory: AttemptDirectory): string => join(directory.temp, 'output-schema.json')

const codexHome = (directory: AttemptDirectory): string => join(directory.home, '.codex')

/** A `-c` override; its value is TOML, of which JSON strings, numbers and booleans are a part. */
const setting = (key: string, value: string | number | boolean): string[] => ['-c', `${key}=${JSON.stringify(value)}`]

function argumentsOf(task: Task, directory: AttemptDirectory): string[] {
  return [
    'exec',
    '--json',
    '--skip-git-repo-check',
    ...setting('analytics.enabled', false),
    ...setting('features.plugins', false),
    ...setting('check_for_update_on_startup', false),
    ...(directory.trust.tree ? [] : withoutTree(directory)),
    ...providerSettings(directory),
    ...(task.model ? ['-m', task.model] : []),
    '-s',
    sandboxOf(task),
    ...(task.mcp === undefined ? [] : ['-c', `mcp_servers=${toml(serversOf(task))}`]),
    ...(task.instructions ? setting('developer_instructions', task.instructions) : []),
    ...(task.outputSchema === undefined ? [] : ['--output-schema', schemaFile(directory)]),
    ...task.args,
  ]
}

const serversOf = (task: Task): JsonObject =>
  Object.fromEntries(
    mcpServersOf(task).map(({ name, command: [command, ...args], env, url, headers }): [string, JsonObject] => [
      name,
      command === undefined ? { url, http_headers: headers } : { command, args, env },
    ]),
  )

/** As TOML writes it on one line. */
function toml(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)} = ${toml(each)}`)
    .join(', ')}}`
}

/** Without instructions and skills of the working tree; its configuration is not trusted anyway. */
function withoutTree({ cwd }: AttemptDirectory): string[] {
  const skills = findTreeSkills(cwd).map((path) => `{path=${JSON.stringify(path)},enabled=false}`)
  return [
    ...setting('project_doc_max_bytes', 0),
    ...setting('skills.include_instructions', false),
    ...(skills.length > 0 ? ['-c', `skills.config=[${skills.join(',')}]`] : []),
  ]
}

function sandboxOf({ safety }: Task): string {
  return safety === 'autonomous' ? 'danger-full-access' : safety === 'read-only' ? 'read-only' : 'workspace-write'
}

/** A provider of our own where a base URL is given: the built-in one would first try a WebSocket there. */
function providerSettings({ endpoint, env }: AttemptDirectory): string[] {
  const baseUrl = endpoint === undefined ? env['OPENAI_BASE_URL'] : `${endpoint.baseUrl}/v1`
  if (baseUrl === undefined) return []
  const key =
    endpoint !== undefined ? endpointKey : env['OPENAI_API_KEY'] === undefined ? 'CODEX_API_KEY' : 'OPENAI_API_KEY'
  const provider = 'model_providers.orchestrator'
  return [
    ...setting('model_provider', 'orchestrator'),
    ...setting(`${provider}.name`, 'orchestrator'),
    ...setting(`${provider}.base_url`, baseUrl),
    ...setting(`${provider}.env_key`, key),
    ...setting(`${provider}.wire_api`, 'responses'),
    ...setting(`${provider}.request_max_retries`, innerRetries),
    ...setting(`${provider}.stream_max_retries`, endpoint !== undefined && !endpoint.real ? 0 : innerRetries),
  ]
}

/** Makes the CODEX_HOME of the attempt; a login is linked in where no key is given. */
function environmentOf(directory: AttemptDirectory): Record<string, string> {
  const home = codexHome(directory)
  mkdirSync(home, { recursive: true })
  const { endpoint, env, userHome } = directory
  if (endpoint !== undefined) return { CODEX_HOME: home, [endpointKey]: endpoint.apiKey }
  const key = env['CODEX_API_KEY'] ?? env['OPENAI_API_KEY']
  if (key !== undefined) return { CODEX_HOME: home, CODEX_API_KEY: key }
  const login = userHome === undefined ? undefined : join(env['CODEX_HOME'] ?? join(userHome, '.codex'), 'auth.json')
  if (login !== undefined && existsSync(login)) symlinkSync(login, join(home, 'auth.json'))
  return { CODEX_HOME: home }
}
