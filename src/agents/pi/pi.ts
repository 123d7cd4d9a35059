import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory, Endpoint } from '../agent.ts'
import { networkNames, soleProvider } from '../environment.ts'
import { promptWithSchema } from '../prompt-text.ts'
import { findProviderKey, ledBase, providerOf } from '../proxy/key-providers.ts'
import { chatCompletionsWay } from '../proxy/ways.ts'
import { findConfiguration } from '../tree-configuration.ts'

/** Variable by which the key of a given endpoint reaches pi. */
const endpointKey = 'ORCHESTRATOR_MODEL_KEY'

/** The model that is asked for under `--simulate` where nobody names one. */
const simulatedModel = 'gpt-5.5'

/** Retries of the CLI itself: few, because ours wait without holding a process. */
const innerRetries = 1

/** Tools that neither write, run anything nor reach the network. */
const readingTools = ['read', 'grep', 'find', 'ls']
const changingTools = ['bash', 'edit', 'write']

/** Keys of the providers it knows, as it looks for them. */
const keys = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'GEMINI_API_KEY',
  'OPENROUTER_API_KEY',
  'MISTRAL_API_KEY',
  'GROQ_API_KEY',
  'XAI_API_KEY',
] as const

/** The coding agent pi, driven by `pi -p --mode json`. */
export const pi: Agent = {
  name: 'pi',
  kind: 'agent',
  program: 'pi',
  versionArgs: ['--version'],
  package: { npm: '@earendil-works/pi-coding-agent', version: '0.74.2', accountedFrom: '0.74.2' },
  login: { variables: keys, file: '.pi/agent/auth.json', command: 'pi' },
  counts: { cost: 'unknown', afterKill: 'nothing' },
  proxied: {
    ...chatCompletionsWay,
    find: findProviderKey(
      ['anthropic', 'openai', 'google', 'openrouter', 'groq', 'xai'],
      [...keys, 'ANTHROPIC_OAUTH_TOKEN'],
    ),
  },
  model: async () => (await import('./simulated-model.ts')).piModel,
  provider: (environment) => soleProvider(environment) ?? 'pi',
  providerEnv: [...keys, 'ANTHROPIC_OAUTH_TOKEN', ...networkNames],
  supports: new Set([
    'model',
    'args',
    'allowed-tools',
    'disallowed-tools',
    'instructions',
    'output-schema',
    'safety',
    'credentials',
  ]),
  tells: new Set(['truncated']),
  safety: new Set(['autonomous', 'read-only', 'manual']),
  undoing: {
    tree: /^(-e|--(extension|skill|prompt-template|theme)\b)/,
    safety: /^(-t|-e|--(tools|extension|skill)\b)/,
  },
  refusal: (task) => {
    if (task.action.kind !== 'prompt') return 'the pi runtime only takes a `prompt`'
    return task.safety === 'supervised' ? 'pi never asks before it uses a tool (`safety: supervised`)' : undefined
  },
  command: (task, directory) => {
    if (!directory.trust.tree) refuseConfiguration(directory)
    writeSettings(task, directory)
    return {
      argv: [...startOf(directory.find('pi') ?? 'pi'), ...argumentsOf(task, directory)],
      env: {
        PI_OFFLINE: '1',
        PI_TELEMETRY: '0',
        ...(directory.endpoint !== undefined && { [endpointKey]: directory.endpoint.apiKey }),
      },
      cwd: directory.cwd,
      stdin: promptWithSchema(task),
    }
  },
  resume: (task, directory, { session }) => [
    ...startOf(directory.find('pi') ?? 'pi'),
    ...argumentsOf(task, directory),
    '--session',
    session,
  ],
  async parser(task, directory, earlier) {
    const { piParser } = await import('./parser.ts')
    return piParser(task, directory, earlier)
  },
}

/** It takes a prefix of all commands from the settings in its directory, by no switch to be kept from it. */
function refuseConfiguration({ cwd, userHome }: AttemptDirectory): void {
  const found = findConfiguration(['.pi'], { cwd, home: userHome, above: false })
  if (found !== undefined) throw new Error(`pi obeys ${found}, and the checkout may be a stranger's`)
}

/** By default what reads, and what `allowed-tools` adds: it would use any tool it has without asking. */
function toolsOf({ safety, allowedTools = [], disallowedTools = [] }: Task): string[] {
  if (safety === 'manual') return ['--no-tools']
  const more = safety === 'autonomous' ? changingTools : safety === 'read-only' ? [] : allowedTools
  const tools = new Set([...readingTools, ...more])
  for (const tool of disallowedTools) tools.delete(tool)
  return tools.size === 0 ? ['--no-tools'] : ['--tools', [...tools].join(',')]
}

function argumentsOf(task: Task, directory: AttemptDirectory): string[] {
  const withoutTree = ['--no-extensions', '--no-skills', '--no-prompt-templates', '--no-themes', '--no-context-files']
  const { endpoint } = directory
  const model = endpoint === undefined || endpoint.real ? task.model : `orchestrator/${simulatedName(task)}`
  return [
    '-p',
    '--mode',
    'json',
    ...toolsOf(task),
    ...(directory.trust.tree ? [] : withoutTree),
    ...(model ? ['--model', model] : []),
    ...(task.instructions ? ['--append-system-prompt', task.instructions] : []),
    ...task.args,
  ]
}

/** The name of a model without that of its provider. */
const simulatedName = ({ model }: Task): string => (model || simulatedModel).split('/').at(-1) ?? simulatedModel

/** What has no flag of its own stands in the home of the attempt; a login is linked in. */
function writeSettings(task: Task, { home, endpoint, userHome }: AttemptDirectory): void {
  const own = join(home, '.pi', 'agent')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'settings.json'), JSON.stringify({ retry: { enabled: true, maxRetries: innerRetries } }))
  if (endpoint !== undefined) {
    const providers = endpoint.real ? ledProvider(task, endpoint) : simulatedProvider(task, endpoint)
    writeFileSync(join(own, 'models.json'), JSON.stringify({ providers }))
    return
  }
  for (const name of ['auth.json', 'models.json']) {
    const file = userHome === undefined ? undefined : join(userHome, '.pi', 'agent', name)
    if (file !== undefined && existsSync(file) && !existsSync(join(own, name))) symlinkSync(file, join(own, name))
  }
}

/** A provider that it knows, with our address and a token in the place of its own. */
const ledProvider = ({ model }: Task, { baseUrl }: Endpoint): JsonObject => ({
  [providerOf(model)]: { baseUrl: ledBase(providerOf(model), baseUrl), apiKey: endpointKey },
})

function simulatedProvider(task: Task, { baseUrl }: Endpoint): JsonObject {
  const models = [{ id: simulatedName(task), name: simulatedName(task), input: ['text'] }]
  return { orchestrator: { baseUrl: `${baseUrl}/v1`, apiKey: endpointKey, api: 'openai-completions', models } }
}
