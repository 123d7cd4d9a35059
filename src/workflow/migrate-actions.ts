import { parseJson } from '../core/parse-json.ts'
import { parseObject } from '../core/parse-object.ts'
import { parse } from 'yaml'
import { isObject } from '../core/is-object.ts'
import { readFlags, splitTools, type FlagReading, type MigratedRuntime } from './migrate-flags.ts'
import { emptyCall, type AgentCall } from './agent-call.ts'
import { splitShellWords } from './shell-words.ts'

/** What an input of an action means. */
type TakeInput = (value: string, call: AgentCall) => void

const key =
  (name: string): TakeInput =>
  (value, { keys }) =>
    void (keys[name] = value)
const variable =
  (name: string): TakeInput =>
  (value, { env }) =>
    void (env[name] = value)
const switchOn =
  (name: string): TakeInput =>
  (value, call) => {
    if (value === 'true') call.env[name] = '1'
    else if (value !== 'false') call.remarks.push(`\`${name}\` depended on \`${value}\`, and is left out`)
  }
const count =
  (name: string, what: string): TakeInput =>
  (value, call) => {
    if (/^\d+$/.test(value)) call.keys[name] = Number(value)
    else if (value !== '') call.remarks.push(`\`${what}: ${value}\` is no number that is known here, and is left out`)
  }
const people =
  (name: string, what: string): TakeInput =>
  (value, call) => {
    if (value.trim() === '*') call.remarks.push(`\`${what}: '*'\` let anyone in; name people or bots in \`${name}\``)
    else if (value.trim() !== '') call.inputs[name] = [call.inputs[name], value].filter(Boolean).join(', ')
  }
const flags: TakeInput = (value, call) => {
  const words =
    isList(value) ?? splitShellWords(value.replaceAll(/\r?\n/g, ' '))?.map(({ text }) => text.replaceAll('$$', '$'))
  if (words === undefined) call.remarks.push('the arguments of the CLI cannot be read word by word, and are left out')
  else mergeFlags(call, readFlags(call.runtime, words))
}

function mergeFlags(call: AgentCall, { keys, remarks, answerFile, obstacle, prompts }: FlagReading): void {
  for (const [name, value] of Object.entries(keys)) {
    const earlier = call.keys[name]
    call.keys[name] = Array.isArray(earlier) && Array.isArray(value) ? [...earlier, ...value] : value
  }
  call.remarks.push(...remarks, ...(obstacle === undefined ? [] : [obstacle]))
  if (prompts.length > 0)
    call.remarks.push(`the arguments ${prompts.map((text) => `\`${text}\``).join(', ')} are left out`)
  if (answerFile !== undefined) call.answerFile = answerFile
}

/** A list of strings in JSON, as codex-action takes its arguments. */
function isList(text: string): string[] | undefined {
  try {
    const value: unknown = parseJson(text)
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

const tags = ['trigger_phrase', 'assignee_trigger', 'label_trigger']

/** The actions that run an agent, and their inputs that mean something here. Sources: their `action.yml`, 2025 to 2026. */
const actions: readonly {
  readonly pattern: RegExp
  readonly runtime: MigratedRuntime
  readonly inputs: Readonly<Record<string, TakeInput>>
  readonly outputs: Readonly<Record<string, string>>
  readonly asksAccess: boolean
  readonly finish?: (call: AgentCall, given: ReadonlyMap<string, string>) => void
}[] = [
  {
    pattern: /^anthropics\/claude-code(?:-base)?-action(?:\/base-action)?@/i,
    runtime: 'claude',
    asksAccess: true,
    outputs: {
      structured_output: 'toJSON(fromJSON(steps.ID.outputs.outputs).INSTANCE)',
      conclusion: 'steps.ID.outputs.result',
    },
    inputs: {
      prompt: key('prompt'),
      direct_prompt: key('prompt'),
      override_prompt: key('prompt'),
      prompt_file: key('prompt-file'),
      claude_args: flags,
      model: key('model'),
      anthropic_model: key('model'),
      fallback_model: (value, { keys }) => void (keys['fallback'] = [{ model: value }]),
      allowed_tools: (value, { keys }) => void (keys['allowed-tools'] = splitTools(value)),
      disallowed_tools: (value, { keys }) => void (keys['disallowed-tools'] = splitTools(value)),
      custom_instructions: key('instructions'),
      append_system_prompt: key('instructions'),
      max_turns: count('max-turns', 'max_turns'),
      timeout_minutes: count('timeout-minutes', 'timeout_minutes'),
      mcp_config: (value, call) => mergeFlags(call, readFlags('claude', ['--mcp-config', value])),
      settings: (value, { keys }) =>
        void (keys['args'] = [...(Array.isArray(keys['args']) ? keys['args'] : []), '--settings', value]),
      claude_env: (value, call) => {
        const map: unknown = parse(value)
        if (isObject(map))
          call.keys['env'] = Object.fromEntries(
            Object.entries(map).map(([name, text]) => [name, typeof text === 'string' ? text : JSON.stringify(text)]),
          )
        else call.remarks.push('`claude_env` is no map, and is left out')
      },
      anthropic_api_key: variable('ANTHROPIC_API_KEY'),
      claude_code_oauth_token: variable('CLAUDE_CODE_OAUTH_TOKEN'),
      use_bedrock: switchOn('CLAUDE_CODE_USE_BEDROCK'),
      use_vertex: switchOn('CLAUDE_CODE_USE_VERTEX'),
      use_foundry: switchOn('CLAUDE_CODE_USE_FOUNDRY'),
      github_token: (value, call) => {
        call.env['GH_TOKEN'] = value
        call.secrets.push('GH_TOKEN')
        call.remarks.push(
          'the agent is given the token of `github_token` as GH_TOKEN; drop it from `secrets` if the agent does not call `gh`',
        )
      },
      allowed_bots: people('allowed-bots', 'allowed_bots'),
      allowed_non_write_users: people('allowed-actors', 'allowed_non_write_users'),
      use_sticky_comment: (value, { inputs }) => void (inputs['comment'] = value === 'true' ? 'sticky' : 'none'),
      track_progress: (value, call) => {
        if (value !== 'true') return
        call.inputs['comment'] = 'sticky'
        call.remarks.push(
          '`track_progress` wrote to the comment while the agent worked; the orchestrator writes it once the run has ended',
        )
      },
      ...Object.fromEntries(tags.map((name) => [name, () => {}])),
    },
    finish(call, given) {
      if (call.env['GH_TOKEN'] === undefined)
        call.remarks.push(
          'the action gave the agent a token of GitHub and tools for it; here it has none unless `secrets` names one',
        )
      if (call.keys['prompt'] !== undefined || call.keys['prompt-file'] !== undefined) return
      const phrase = given.get('trigger_phrase') ?? '@claude'
      const text =
        'github.event.comment.body || github.event.review.body || github.event.issue.body || github.event.pull_request.body'
      call.keys['prompt'] = `\${{ ${text} }}`
      call.keys['effects'] = { comment: {} }
      call.condition = `contains(${text}, '${phrase.replaceAll("'", "''")}')`
      call.remarks.push(
        'the action answered who mentioned it, and pushed branches; here the text of the comment, review, issue or pull request is the prompt, and the answer is one comment',
      )
      for (const name of ['assignee_trigger', 'label_trigger'])
        if (given.has(name)) call.remarks.push(`\`${name}\` is left out: add it to the \`if\` of the step`)
    },
  },
  {
    pattern: /^openai\/codex-action@/i,
    runtime: 'codex',
    asksAccess: true,
    outputs: { 'final-message': 'steps.ID.outputs.final-message' },
    inputs: {
      prompt: key('prompt'),
      'prompt-file': key('prompt-file'),
      'output-file': (value, call) => void (call.answerFile = value),
      'openai-api-key': variable('OPENAI_API_KEY'),
      'working-directory': key('working-directory'),
      sandbox: (value, call) => mergeFlags(call, readFlags('codex', ['--sandbox', value])),
      'permission-profile': (value, call) => {
        const tier = { ':read-only': 'read-only', ':workspace': 'supervised' }[value]
        if (tier === undefined)
          call.remarks.push(`\`permission-profile: ${value}\` has no counterpart, and is left out`)
        else call.keys['safety'] = tier
      },
      'codex-version': (value, call) => {
        if (/^\d+\.\d+\.\d+$/.test(value)) call.version = value
        else call.remarks.push(`\`codex-version: ${value}\` is no exact version; the one written here is`)
      },
      'codex-args': flags,
      'output-schema': (value, call) => {
        const schema = parseObject(value)
        if (schema === undefined) call.remarks.push('`output-schema` is no JSON object, and is left out')
        else call.keys['output-schema'] = schema
      },
      'output-schema-file': key('output-schema'),
      model: key('model'),
      effort: (value, call) => mergeFlags(call, readFlags('codex', ['-c', `model_reasoning_effort="${value}"`])),
      'safety-strategy': (value, call) => {
        if (value === 'read-only') call.keys['safety'] = 'read-only'
        else
          call.remarks.push(
            `\`safety-strategy: ${value}\` has no counterpart: the agent has no sandbox but that of \`safety\`, and \`credentials: proxy\` keeps the key from it`,
          )
      },
      'allow-users': people('allowed-actors', 'allow-users'),
      'allow-bots': (value, call) => {
        if (value === 'true') people('allowed-bots', 'allow-bots')('github-actions[bot]', call)
      },
      'allow-bot-users': people('allowed-bots', 'allow-bot-users'),
    },
    finish({ keys }) {
      keys['credentials'] ??= 'proxy'
    },
  },
  {
    pattern: /^(?:google-github-actions\/run-gemini-cli|google-gemini\/gemini-cli-action)@/i,
    runtime: 'gemini',
    asksAccess: false,
    outputs: { summary: 'steps.ID.outputs.final-message' },
    inputs: {
      prompt: key('prompt'),
      gemini_api_key: variable('GEMINI_API_KEY'),
      google_api_key: variable('GOOGLE_API_KEY'),
      gemini_model: key('model'),
      gemini_cli_version: (value, call) => {
        if (/^\d+\.\d+\.\d+$/.test(value)) call.version = value
        else call.remarks.push(`\`gemini_cli_version: ${value}\` is no exact version; the one written here is`)
      },
    },
    finish(call) {
      call.keys['prompt'] ??= 'You are a helpful assistant.'
      call.keys['safety'] ??= 'autonomous'
    },
  },
]

/** What a step that uses an action amounts to; undefined where the action runs no agent that is known here. */
export function readAgentAction(uses: string, given: ReadonlyMap<string, string>): AgentCall | undefined {
  const action = actions.find(({ pattern }) => pattern.test(uses))
  if (action === undefined) return undefined
  const call = emptyCall(action.runtime, action.outputs, action.asksAccess)
  for (const [name, value] of given) {
    const take = Object.hasOwn(action.inputs, name) ? action.inputs[name] : undefined
    if (take !== undefined) take(value, call)
    else call.remarks.push(`\`${name}\` has no counterpart, and is left out: ${shorten(value)}`)
  }
  action.finish?.(call, given)
  return call
}

function shorten(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 100)}…` : line
}
