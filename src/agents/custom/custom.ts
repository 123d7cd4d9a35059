import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CustomRuntime, customSupports, fillIn, placeholdersIn, programOf } from '../../core/custom-runtime.ts'
import type { Task } from '../../core/task.ts'
import { startOf } from '../../process/npm-shim.ts'
import type { Agent, AttemptDirectory } from '../agent.ts'
import { promptText } from '../prompt-text.ts'
import { customParser } from './parser.ts'

/** A runtime of a CLI that the orchestration file declares. */
export function customAgent(name: string, definition: CustomRuntime): Agent {
  const { command, version, parse, env, safety } = definition
  return {
    name,
    kind: 'agent',
    program: version?.[0] ?? programOf(definition),
    versionArgs: version?.slice(1) ?? [],
    counts: { cost: parse.costUsd === undefined ? 'unknown' : 'reported', afterKill: 'nothing' },
    providerEnv: env,
    supports: customSupports(definition),
    safety: new Set(Object.keys(safety)),
    ownArguments: command.flat(),
    refusal: (task) => {
      if (task.action.kind !== 'prompt') return `the ${name} runtime only takes a \`prompt\``
      if (task.safety === 'default' || Object.hasOwn(safety, task.safety)) return undefined
      return `the definition of ${name} does not say how it keeps to \`safety: ${task.safety}\``
    },
    command(task, directory) {
      if (!directory.trust.tree && !definition.untrustedCheckout)
        throw new Error(
          `${name} may obey what it finds in a checkout, so it only runs in one that is trusted; if it does not, say \`untrusted-checkout: true\` in its definition`,
        )
      return {
        argv: argvOf(task, directory, definition),
        env: simulatedVariables(name, directory, definition),
        cwd: directory.cwd,
        stdin: definition.prompt === 'stdin' ? promptText(task) : '',
      }
    },
    parser: async (task, directory) => customParser(task, directory, definition),
  }
}

function argvOf(task: Task, directory: AttemptDirectory, { command, safety }: CustomRuntime): string[] {
  const used = new Set(command.flatMap((part) => [...placeholdersIn(part)]))
  const values = new Map<string, string>()
  if (task.model !== undefined && task.model !== '') values.set('model', task.model)
  if (used.has('prompt')) values.set('prompt', promptText(task))
  if (used.has('prompt-file')) values.set('prompt-file', writeInto(directory, 'prompt.md', promptText(task)))
  if (used.has('schema-file') && task.outputSchema !== undefined)
    values.set('schema-file', writeInto(directory, 'output-schema.json', JSON.stringify(task.outputSchema)))
  const [program = '', ...rest] = command
    .filter((part) => [...placeholdersIn(part)].every((name) => values.has(name)))
    .flat()
    .map((argument) => fillIn(argument, (name) => values.get(name)))
  return [...startOf(directory.find(program) ?? program), ...rest, ...(safety[task.safety] ?? []), ...task.args]
}

function writeInto({ temp }: AttemptDirectory, name: string, text: string): string {
  const path = join(temp, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

/** Under `--simulate`: the variables that lead it to our model server. Without them it would ask a real one. */
function simulatedVariables(
  name: string,
  { endpoint }: AttemptDirectory,
  { simulate }: CustomRuntime,
): Record<string, string> {
  if (endpoint === undefined) return {}
  if (simulate === undefined)
    throw new Error(`--simulate cannot play the model of ${name}: its definition has no \`simulate\``)
  const { baseUrl, apiKey } = endpoint
  return Object.fromEntries(
    Object.entries(simulate).map(([variable, value]) => [
      variable,
      value.replaceAll('{base-url}', () => baseUrl).replaceAll('{api-key}', () => apiKey),
    ]),
  )
}
