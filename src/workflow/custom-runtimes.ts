import { type CommandPart, type CustomParse, type CustomRuntime, placeholdersIn } from '../core/custom-runtime.ts'
import type { RuntimeFacts } from '../core/runtime.ts'
import type { Diagnostics } from './diagnostics.ts'
import { listedNames } from './listed.ts'
import type { Entry, MergedFile } from './merged-file.ts'
import { runtimePresets } from './runtime-presets.ts'
import type { RuntimeEntry } from './schema.ts'
import { nearestName } from './suggestion.ts'

/** `runtimes:` of a file: CLIs it declares, and versions of built-in ones that it wants. */
export interface FileRuntimes {
  readonly declared: ReadonlyMap<string, CustomRuntime>
  readonly versions: ReadonlyMap<string, string>
}

/** Reads `runtimes:`, and reports what is wrong in it. */
export function readRuntimes(
  file: MergedFile,
  builtin: ReadonlyMap<string, RuntimeFacts>,
  diagnostics: Diagnostics,
  checkQuery: (source: string) => string | undefined,
): FileRuntimes {
  const declared = new Map<string, CustomRuntime>()
  const versions = new Map<string, string>()
  for (const [name, entry] of file.runtimes) {
    const facts = builtin.get(name)
    if (facts !== undefined && (facts.available || facts.kind === 'command')) {
      const version = versionOfBuiltin(name, entry, file, diagnostics)
      if (version !== undefined) versions.set(name, version)
      continue
    }
    const { preset } = entry.value
    const merged = whole(preset === undefined ? entry.value : { ...runtimePresets[preset], ...entry.value })
    if (merged.command === undefined || merged.command.length === 0) {
      if (!Object.hasOwn(entry.value, 'command'))
        diagnostics.error('no-command', `\`${name}\` has no \`command\``, file.origins.ofKey(entry.owner, name), {
          hint: `Add the program and its arguments, or a \`preset\`: ${listedNames(Object.keys(runtimePresets), 'or')}.`,
        })
      continue
    }
    checkEntry(entry.value, file, diagnostics, checkQuery)
    checkPlaceholders(merged, entry, name, file, diagnostics)
    declared.set(name, readRuntime(merged))
  }
  return { declared, versions }
}

/** An entry without the holes that items of a wrong type have left: they have been reported. */
function whole(entry: RuntimeEntry): RuntimeEntry {
  const { command, safety, env } = entry
  const isThere = <T>(item: T | undefined): item is T => item !== undefined
  return {
    ...entry,
    ...(command && {
      command: command.filter(isThere).map((part) => (Array.isArray(part) ? part.filter(isThere) : part)),
    }),
    ...(safety && {
      safety: Object.fromEntries(Object.entries(safety).map(([tier, args]) => [tier, args?.filter(isThere)])),
    }),
    ...(env && { env: env.filter(isThere) }),
  }
}

/** Of a CLI that has an adapter, only the version can be chosen. */
function versionOfBuiltin(
  name: string,
  { value, owner }: Entry<RuntimeEntry>,
  { origins }: MergedFile,
  diagnostics: Diagnostics,
): string | undefined {
  const others = Object.keys(value).filter((key) => key !== 'version')
  if (others.length > 0 || value.version === undefined) {
    diagnostics.error('runtime-taken', `\`${name}\` is a built-in runtime`, origins.ofKey(owner, name), {
      hint: 'Choose another name. Of a built-in runtime, only the `version` can be set.',
    })
    return undefined
  }
  if (typeof value.version === 'string' && /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(value.version)) return value.version
  diagnostics.error(
    'bad-version',
    `\`version\` of the built-in runtime \`${name}\` must be an exact version`,
    origins.ofValue(value, 'version'),
    { hint: 'Write all three numbers, such as `2.1.332`: a range would install another version tomorrow.' },
  )
  return undefined
}

function checkEntry(
  entry: RuntimeEntry,
  { origins }: MergedFile,
  diagnostics: Diagnostics,
  checkQuery: (source: string) => string | undefined,
): void {
  const { version, parse } = entry
  if (typeof version === 'string')
    diagnostics.error(
      'wrong-type',
      '`version` must be a list of strings, found a string',
      origins.ofValue(entry, 'version'),
      {
        hint: 'Here it is the program and arguments that print the version, such as `[aider, --version]`.',
      },
    )
  if (parse === undefined) return
  const { usage, format: _, ...rest } = parse
  const queries = [
    ...Object.entries(rest).map(([key, source]) => ({ owner: parse, key, source })),
    ...Object.entries(usage ?? {}).map(([key, source]) => ({ owner: usage ?? {}, key, source })),
  ].filter(({ key, source }) => typeof source === 'string' && !(key === 'text' && source === 'stdout'))
  for (const { owner, key, source } of queries) {
    const problem = checkQuery(source)
    if (parse.format === undefined || parse.format === 'text')
      diagnostics.error(
        'query-without-json',
        `\`${key}\` is looked up in JSON, and the \`format\` is \`text\``,
        origins.ofValue(owner, key),
        { hint: 'Add `format: json` for one document, `format: ndjson` for one a line.' },
      )
    else if (problem !== undefined)
      diagnostics.error('bad-query', `\`${key}\` is not a JMESPath: ${problem}`, origins.ofValue(owner, key), {
        hint:
          parse.format === 'ndjson'
            ? "It is asked of the list of all lines, such as `[?type=='result'] | [-1].text`."
            : 'It is asked of the whole document, such as `usage.input_tokens`. https://jmespath.site',
      })
  }
}

/** By which placeholder each way of passing the prompt shows in a command. */
const promptPlaceholders = { stdin: undefined, arg: 'prompt', file: 'prompt-file' } as const

const placeholders = ['prompt', 'prompt-file', 'model', 'schema-file']

function checkPlaceholders(
  merged: RuntimeEntry,
  { value, owner }: Entry<RuntimeEntry>,
  name: string,
  { origins }: MergedFile,
  diagnostics: Diagnostics,
): void {
  const command = merged.command ?? []
  const place = Object.hasOwn(value, 'command') ? origins.ofValue(value, 'command') : origins.ofKey(owner, name)
  for (const [, written = ''] of command.flat().flatMap((part) => [...part.matchAll(/\{([a-z][a-z-]*)\}/g)])) {
    if (placeholders.includes(written)) continue
    const near = nearestName(written, placeholders)
    if (near !== undefined)
      diagnostics.error('unknown-placeholder', `unknown placeholder \`{${written}}\``, place, {
        hint: `Did you mean \`{${near}}\`?`,
      })
  }
  const used = new Set(command.flatMap((part) => [...placeholdersIn(part)]))
  const wanted = promptPlaceholders[merged.prompt ?? 'stdin']
  const found = ['prompt', 'prompt-file'].filter((placeholder) => used.has(placeholder))
  const isClear = found.length === 0 || (found.length === 1 && (merged.prompt === undefined || found[0] === wanted))
  if (isClear) return
  diagnostics.error(
    'prompt-passed-twice',
    merged.prompt === undefined
      ? '`command` contains both `{prompt}` and `{prompt-file}`'
      : `\`prompt: ${merged.prompt}\` does not fit \`command\`, which contains ${listedNames(
          found.map((placeholder) => `{${placeholder}}`),
          'and',
        )}`,
    Object.hasOwn(value, 'prompt') ? origins.ofValue(value, 'prompt') : place,
    { hint: 'Use `{prompt}` for `arg`, `{prompt-file}` for `file` and neither for `stdin`, or leave `prompt` out.' },
  )
}

function readRuntime(entry: RuntimeEntry): CustomRuntime {
  const written = entry.command ?? []
  const found = new Set(written.flatMap((part) => [...placeholdersIn(part)]))
  const prompt = entry.prompt ?? (found.has('prompt-file') ? 'file' : found.has('prompt') ? 'arg' : 'stdin')
  const placeholder = promptPlaceholders[prompt]
  const isPlaced = placeholder === undefined || found.has(placeholder)
  const command = grouped(isPlaced ? written : [...written, `{${placeholder}}`])
  const { version, simulate } = entry
  return {
    command,
    prompt,
    ...(typeof version === 'object' && { version }),
    parse: readParse(entry.parse ?? {}),
    env: entry.env ?? [],
    safety: Object.fromEntries(Object.entries(entry.safety ?? {}).map(([tier, args]) => [tier, args ?? []])),
    ...(simulate !== undefined && { simulate: { ...simulate } }),
    untrustedCheckout: entry['untrusted-checkout'] ?? false,
  }
}

/** A flag and the placeholder after it belong together: without a model there is no `--model`. */
function grouped(command: readonly CommandPart[]): CommandPart[] {
  const parts: CommandPart[] = []
  for (const part of command) {
    const before = parts.at(-1)
    if (parts.length > 1 && typeof before === 'string' && before.startsWith('-') && isOptional(part))
      parts.splice(-1, 1, [before, part])
    else parts.push(part)
  }
  return parts
}

function isOptional(part: CommandPart): part is string {
  return part === '{model}' || part === '{schema-file}'
}

function readParse(entry: NonNullable<RuntimeEntry['parse']>): CustomParse {
  const { format = 'text', text, error, tools, usage = {}, 'cost-usd': costUsd } = entry
  const { input, output, reasoning, 'cache-read': cacheRead, 'cache-write': cacheWrite } = usage
  return {
    format,
    ...(text !== undefined && text !== 'stdout' && { text }),
    ...(error !== undefined && { error }),
    ...(tools !== undefined && { tools }),
    ...(costUsd !== undefined && { costUsd }),
    usage: {
      ...(input !== undefined && { input }),
      ...(output !== undefined && { output }),
      ...(cacheRead !== undefined && { cacheRead }),
      ...(cacheWrite !== undefined && { cacheWrite }),
      ...(reasoning !== undefined && { reasoning }),
    },
  }
}
