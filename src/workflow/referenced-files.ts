import { parseJson } from '../core/parse-json.ts'
import { findingsSchema } from '../core/findings-schema.ts'
import type { JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import { toJsonObject } from './json-value.ts'
import type { InstanceEntry } from './schema-instance.ts'
import { allDefaults } from './runtime-names.ts'
import type { Layer, Settings } from './settings.ts'
import { rangeAt } from './source-file.ts'

/** Reads the files that drafts, agents and `defaults` name, so that expressions in them are checked with the others. */
export function preloadTexts(drafts: readonly Draft[], compiling: Compiling): void {
  const { origins, agents, defaults } = compiling.file
  const load = (values: { readonly [key in 'prompt-file' | 'instructions-file']?: string | undefined }): void => {
    for (const key of ['prompt-file', 'instructions-file'] as const) {
      const path = values[key]
      if (path !== undefined) compiling.readText(path, origins.ofValue(values, key))
    }
  }
  for (const draft of drafts) if (draft.kind === 'process' && draft.isFirst) load(draft.entry)
  for (const { value } of agents.values()) load(value)
  for (const values of defaults.flatMap(allDefaults)) load(values)
}

/** The text of `prompt`, or of the file `prompt-file` names. */
export function readPrompt(entry: InstanceEntry, compiling: Compiling): string | undefined {
  if (entry.prompt !== undefined) return entry.prompt
  const path = entry['prompt-file']
  if (path === undefined) return undefined
  const range = compiling.file.origins.ofValue(entry, 'prompt-file')
  const text = compiling.readText(path, range)?.text
  if (text?.trim() === '')
    compiling.diagnostics.error('empty-action', `the prompt in \`${path}\` is empty`, range, {
      hint: 'Nothing would be asked.',
    })
  return text
}

/** The instructions of the nearest layer that has any. */
export function readInstructions(layers: readonly Layer[], compiling: Compiling): string | undefined {
  for (const { values } of layers) {
    if (values.instructions !== undefined) return values.instructions
    const path = values['instructions-file']
    if (path !== undefined)
      return compiling.readText(path, compiling.file.origins.ofValue(values, 'instructions-file'))?.text
  }
  return undefined
}

/** The JSON Schema of `output-schema`: built in, inline, or in a file. */
export function readOutputSchema(settings: Settings, compiling: Compiling): JsonObject | undefined {
  const value = settings.find('output-schema')?.value
  return value === 'findings' ? findingsSchema : readObject('output-schema', 'JSON Schema', settings, compiling)
}

/** The MCP configuration of `mcp`: inline, or in a file, which is read here so that no agent is led to one that has changed since. */
export function readMcp(settings: Settings, compiling: Compiling): JsonObject | undefined {
  const setting = settings.find('mcp')
  const configuration = readObject('mcp', 'MCP configuration', settings, compiling)
  const problem = configuration && problemOf(configuration)
  if (setting === undefined || problem === undefined) return configuration
  const range = compiling.file.origins.ofValue(setting.owner, 'mcp')
  compiling.diagnostics.error('bad-mcp', problem, range, {
    hint: 'Write `mcpServers: { name: { command: PROGRAM, args: [...] } }`, or a `url` for a server that already runs.',
  })
  return undefined
}

/** Some CLIs take a configuration that starts nothing without a word. */
function problemOf({ mcpServers: servers }: JsonObject): string | undefined {
  if (!isObject(servers)) return '`mcp` has no map `mcpServers`'
  for (const [name, server] of Object.entries(servers))
    if (!isObject(server) || !['command', 'url', 'httpUrl'].some((key) => typeof server[key] === 'string'))
      return `the MCP server \`${plainLine(name)}\` has neither \`command\` nor \`url\``
  return undefined
}

/** The object that a setting is or names the file of; `what` it is, for messages. */
function readObject(
  key: 'mcp' | 'output-schema',
  what: string,
  settings: Settings,
  compiling: Compiling,
): JsonObject | undefined {
  const setting = settings.find(key)
  if (setting === undefined) return undefined
  const { value, owner } = setting
  if (typeof value === 'object') return toJsonObject(value)
  const range = compiling.file.origins.ofValue(owner, key)
  const source = compiling.readText(value, range)
  if (source === undefined) return undefined
  try {
    const object: unknown = parseJson(source.text)
    if (isObject(object)) return object
    compiling.diagnostics.error('bad-json', `\`${value}\` is not a ${what}: it is not an object`, range)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? 0)
    compiling.diagnostics.error('bad-json', `\`${value}\` is not valid JSON`, range, {
      notes: [{ message: 'the error is here', range: rangeAt(source, at, at + 1) }],
    })
  }
  return undefined
}
