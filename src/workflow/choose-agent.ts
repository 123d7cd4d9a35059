import { defaultRuntime, type RuntimeFacts } from '../core/runtime.ts'
import { nearestName } from './suggestion.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Plain } from './origins.ts'
import type { AgentEntry } from './schema.ts'
import { createSettings, layersOf, type Settings } from './settings.ts'
import { listedNames } from './listed.ts'

/** An entry of `agents:` with its name. */
export interface NamedAgent {
  readonly name: string
  readonly entry: AgentEntry
}

/** Whether an entry asks a model (or is to be asked, where its kind is broken). */
export function isPrompt(draft: Draft): boolean {
  return !Object.hasOwn(draft.entry, 'run') && !Object.hasOwn(draft.entry, 'command')
}

/** The agent of an instance: named by `agent`, wanted by `requires`, or of `defaults`; undefined where there is none. */
export function chooseAgent(draft: Draft, compiling: Compiling): NamedAgent | undefined {
  const { entry } = draft
  const { file, loads } = compiling
  if (!isPrompt(draft)) return undefined
  const settings = createSettings(draft, layersOf(draft, undefined, compiling), compiling)
  const named = settings.find('agent')
  const agent =
    entry.requires !== undefined
      ? routeByCapability(draft, compiling)
      : named === undefined
        ? undefined
        : findAgent(named.value, named.owner, 'agent', compiling)
  if (agent === undefined) return undefined
  loads.set(agent, (loads.get(agent) ?? 0) + 1)
  const found = file.agents.get(agent)
  return found && { name: agent, entry: found.value }
}

/** The name when there is such an agent; else reports it. */
export function findAgent(
  name: string,
  owner: Plain,
  key: string,
  { file, diagnostics }: Compiling,
): string | undefined {
  if (file.agents.has(name)) return name
  const hint = (): string => {
    const near = nearestName(name, file.agents.keys())
    if (near !== undefined) return `Did you mean \`${near}\`?`
    const names = [...file.agents.keys()]
    if (names.length === 0) return 'Define agents under `agents:`.'
    const shown = names.slice(0, 20).map((known) => `\`${known}\``)
    return `Defined agents: ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}.`
  }
  diagnostics.error('unknown-agent', `unknown agent \`${name}\``, file.origins.ofValue(owner, key), { hint })
  return undefined
}

/** Of the agents that have all capabilities, the least loaded, the first of equals. */
function routeByCapability({ entry, isFirst }: Draft, { file, loads, diagnostics }: Compiling): string | undefined {
  // An item that is no text has its own diagnostic and left a hole in the list.
  const wanted = [entry.requires ?? []].flat().filter((capability) => typeof capability === 'string')
  let best: string | undefined
  let nearest: { name: string; owner: Plain; lacks: string[] } | undefined
  for (const [name, { value, owner }] of file.agents) {
    const lacks = wanted.filter((capability) => !value.capabilities?.includes(capability))
    if (lacks.length === 0) {
      if (best === undefined || (loads.get(name) ?? 0) < (loads.get(best) ?? 0)) best = name
    } else if (lacks.length < wanted.length && (nearest === undefined || lacks.length < nearest.lacks.length))
      nearest = { name, owner, lacks }
  }
  if (best !== undefined || !isFirst) return best
  const known = new Set([...file.agents.values()].flatMap(({ value }) => value.capabilities ?? []))
  const misspelt = wanted.find((capability) => !known.has(capability) && nearestName(capability, known) !== undefined)
  diagnostics.error(
    'no-agent-covers',
    `no agent has ${listedNames(wanted, 'and', 'none')}`,
    file.origins.ofValue(entry, 'requires'),
    {
      hint:
        misspelt !== undefined
          ? `Did you mean \`${nearestName(misspelt, known)}\` for \`${misspelt}\`?`
          : known.size === 0
            ? 'No agent has `capabilities`.'
            : undefined,
      notes:
        nearest === undefined
          ? []
          : [
              {
                message: `\`${nearest.name}\` comes closest: it is missing ${listedNames(nearest.lacks, 'and', 'none')}`,
                range: file.origins.ofKey(nearest.owner, nearest.name),
              },
            ],
    },
  )
  return undefined
}

/** The runtime of an instance, with its facts; undefined when it is unknown or does not fit, which is reported. */
export function chooseRuntime(draft: Draft, settings: Settings, compiling: Compiling): RuntimeFacts | undefined {
  const { runtimes, diagnostics, file } = compiling
  const kind = isPrompt(draft) ? 'agent' : 'command'
  const setting = settings.find('runtime')
  const fallback = defaultRuntime(runtimes, kind)
  if (setting === undefined) return fallback
  const facts = runtimes.get(setting.value)
  const range = file.origins.ofValue(setting.owner, 'runtime')
  if (facts === undefined) {
    const near = nearestName(setting.value, runtimes.keys())
    diagnostics.error('unknown-runtime', `unknown runtime \`${setting.value}\``, range, {
      hint:
        setting.value === 'container'
          ? 'A process of any runtime runs in a container by the key `container`, such as `container: node:24`.'
          : near === undefined
            ? `Known runtimes: ${listedNames(runtimes.keys(), 'and', 'none')}, and those under \`runtimes:\`.`
            : `Did you mean \`${near}\`?`,
    })
    return undefined
  }
  if (facts.kind === kind) return facts
  // A default speaks of agents or of programs; the others have their own.
  if (setting.level === 'defaults') return fallback
  const action = ['prompt', 'prompt-file', 'run', 'command'].find((key) => Object.hasOwn(draft.entry, key)) ?? 'prompt'
  diagnostics.error('wrong-runtime', `the runtime \`${facts.name}\` does not take \`${action}\``, range, {
    hint:
      kind === 'agent'
        ? `\`${facts.name}\` takes \`run\` or \`command\`; a prompt needs an agent such as \`claude\`.`
        : `\`${facts.name}\` takes a \`prompt\`; \`${action}\` needs \`shell\`, \`python\` or \`node\`.`,
    notes:
      setting.level === 'agent'
        ? [{ message: 'for this instance', range: file.origins.ofKey(draft.owner, draft.ownerKey) }]
        : [],
  })
  return undefined
}
