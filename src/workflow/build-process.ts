import type { Action, Fallback, Parse, ProcessDefinition, ProcessInstance } from '../core/instance.ts'
import type { JobRules } from '../core/job-rules.ts'
import type { RuntimeFacts } from '../core/runtime.ts'
import { foldTemplate } from '../expression/fold.ts'
import { durationMs, minutesMs, readBudget, readLimits, readRetry } from './amounts.ts'
import { chooseAgent, chooseRuntime, findAgent, type NamedAgent } from './choose-agent.ts'
import type { Compiling } from './compiling.ts'
import type { ProcessDraft } from './draft.ts'
import type { Origins } from './origins.ts'
import { readInstructions, readMcp, readOutputSchema, readPrompt } from './referenced-files.ts'
import { defaultsOf } from './runtime-names.ts'
import type { DefaultsEntry } from './schema.ts'
import { agentFindings, linterFindings, reportingOf } from './check-findings.ts'
import { checkSplit, splitBytesOf } from './changes-use.ts'
import { readOutside } from './read-effects.ts'
import { readExpectation } from './read-expectation.ts'
import { createSettings, layersOf, type Layer, type Settings } from './settings.ts'
import { readModel } from './models.ts'
import { readConfinement } from './read-confinement.ts'
import { checkSafety, checkSupport, isRuntimeKey } from './support.ts'
import { checkFallbackRuntime, checkUnsupported } from './unsupported.ts'

/** What a process instance has besides what every node has. */
export type ProcessParts = Omit<
  ProcessInstance,
  | 'kind'
  | keyof Pick<
      ProcessInstance,
      | 'id'
      | 'label'
      | 'parent'
      | 'key'
      | 'previous'
      | 'needs'
      | 'join'
      | 'paths'
      | 'if'
      | 'ifCalls'
      | 'names'
      | 'matrix'
      | 'at'
    >
>

/** Everything about an instance's process and policy; undefined when it has no runtime, which has been reported. */
export function buildProcess(draft: ProcessDraft, compiling: Compiling): ProcessParts | undefined {
  const agent = chooseAgent(draft, compiling)
  const general = createSettings(draft, layersOf(draft, agent?.entry, compiling), compiling)
  const facts = chooseRuntime(draft, general, compiling)
  const layers = layersOf(draft, agent?.entry, compiling, facts?.name)
  const settings = createSettings(draft, layers, compiling)
  const action = readAction(draft, settings, compiling)
  if (facts === undefined || action === undefined) return undefined
  checkSupport(draft, layers, facts, compiling)
  checkSafety(draft, settings, facts, compiling)
  checkSplit(draft, settings, compiling)
  const definition = define(draft, settings, facts, agent, action, layers, compiling)
  const unsupported = checkUnsupported(draft, settings, facts, compiling)
  const concurrency = settings.find('concurrency')?.value
  const startAt = settings.find('start-at')?.value
  const job = readJob(settings)
  const { share } = compiling
  return {
    process: definition,
    outputs: share(draft.entry.outputs ?? {}),
    retry: share(readRetry(settings.find('retry')?.value)),
    fallback: share(readFallbacks(draft, settings, action, layers, compiling)),
    continueOnError: settings.find('continue-on-error')?.value ?? false,
    priority: settings.find('priority')?.value ?? 0,
    ...(concurrency !== undefined && {
      concurrency:
        typeof concurrency === 'string'
          ? { group: concurrency, cancelInProgress: false }
          : { group: concurrency.group, cancelInProgress: concurrency['cancel-in-progress'] ?? false },
    }),
    ...(startAt !== undefined && {
      startAt: startAt.startsWith('+')
        ? { afterMs: durationMs(startAt.slice(1)) }
        : { timeOfDay: startAt.padStart(5, '0') },
    }),
    ...(job !== undefined && { job: share(job) }),
    pool: facts.kind === 'agent' ? 'agents' : 'commands',
    ...(unsupported.length > 0 && { unsupported }),
  }
}

function readJob(settings: Settings): JobRules | undefined {
  const labels = settings.find('runs-on')?.value
  const environment = settings.find('environment')?.value
  if (labels === undefined && environment === undefined) return undefined
  return {
    ...(labels !== undefined && { runsOn: [labels].flat() }),
    ...(environment !== undefined && { environment }),
  }
}

function readAction(draft: ProcessDraft, settings: Settings, compiling: Compiling): Action | undefined {
  const { entry } = draft
  if (entry.run !== undefined) {
    const shell = settings.find('shell')?.value
    return { kind: 'script', script: foldTemplate(entry.run), ...(shell !== undefined && { shell }) }
  }
  if (entry.command !== undefined) return { kind: 'argv', argv: foldAll(entry.command) }
  const prompt = readPrompt(entry, compiling)
  return prompt === undefined ? undefined : { kind: 'prompt', prompt: foldTemplate(prompt) }
}

function define(
  draft: ProcessDraft,
  settings: Settings,
  facts: RuntimeFacts,
  agent: NamedAgent | undefined,
  action: Action,
  layers: readonly Layer[],
  compiling: Compiling,
): ProcessDefinition {
  /** A value, unless it only comes from `defaults` and this runtime has no use for it. */
  const own = <K extends Parameters<typeof settings.find>[0]>(key: K) => {
    const setting = settings.find(key)
    if (setting === undefined) return undefined
    const isForeign = setting.level === 'defaults' && facts.available && isRuntimeKey(key) && !facts.supports.has(key)
    return isForeign ? undefined : setting.value
  }
  const { share } = compiling
  const isPrompt = action.kind === 'prompt'
  const instructions =
    isPrompt && (facts.supports.has('instructions') || !facts.available)
      ? readInstructions(layers, compiling)
      : undefined
  const outputSchema = own('output-schema') === undefined ? undefined : readOutputSchema(settings, compiling)
  const parse = readParse(isPrompt ? undefined : settings.find('parse')?.value)
  const budgetEntry = settings.find('budget')?.value
  const budget = budgetEntry && readBudget(budgetEntry)
  const splitBytes = splitBytesOf(draft.entry)
  const mcp = own('mcp') === undefined ? undefined : readMcp(settings, compiling)
  const model = own('model') === undefined ? undefined : readModel(draft, settings, facts, compiling)
  const maxTurns = own('max-turns')
  const allowedTools = own('allowed-tools')
  const disallowedTools = own('disallowed-tools')
  const permissions = own('permissions')
  const credentials = own('credentials')
  const envFrom = [...new Set(layers.flatMap(({ values }) => values['env-from'] ?? []))]
  const workingDirectory = settings.find('working-directory')?.value
  const timeout = settings.find('timeout-minutes')?.value
  const idleTimeout = settings.find('idle-timeout-minutes')?.value
  return {
    runtime: facts.name,
    ...(agent !== undefined && { agent: agent.name }),
    action,
    ...(model !== undefined && { model: foldTemplate(model) }),
    args: share(foldAll(own('args') ?? [])),
    ...(maxTurns !== undefined && { maxTurns }),
    ...(allowedTools !== undefined && { allowedTools }),
    ...(disallowedTools !== undefined && { disallowedTools }),
    ...(instructions !== undefined && { instructions: foldTemplate(instructions) }),
    ...(mcp !== undefined && { mcp }),
    env: share(environmentOf(draft, layers)),
    ...(envFrom.length > 0 && { envFrom: share(envFrom) }),
    secrets: share([...new Set(layers.flatMap(({ values }) => values.secrets ?? []))]),
    ...(workingDirectory !== undefined && { workingDirectory: foldTemplate(workingDirectory) }),
    workspace: share(readWorkspace(draft, settings)),
    ...(timeout !== undefined && { timeoutMs: minutesMs(timeout) }),
    ...(idleTimeout !== undefined && { idleTimeoutMs: minutesMs(idleTimeout) }),
    limits: share(readLimits(settings.find('limits')?.value)),
    attach: share(isPrompt ? foldAll(settings.find('attach')?.value ?? []) : []),
    ...(splitBytes !== undefined && { splitBytes }),
    ...(outputSchema !== undefined && { outputSchema }),
    ...readOutside(draft, settings, compiling),
    ...(own('transcript') === true && { transcript: true as const }),
    parse: share(parse),
    ...reportingOf(draft, isPrompt ? agentFindings(own('output-schema')) : linterFindings(parse), compiling),
    expect: share(readExpectation(settings, isPrompt)),
    safety: own('safety') ?? 'default',
    ...(credentials !== undefined && { credentials }),
    ...share(readConfinement(draft, settings, facts, compiling)),
    ...(permissions !== undefined && { permissions }),
    ...(budget !== undefined && { budget }),
  }
}

/** The agent that keeps what an entry of `fallback` does not change. */
function readFallbacks(
  draft: ProcessDraft,
  settings: Settings,
  action: Action,
  layers: readonly Layer[],
  compiling: Compiling,
): Fallback[] {
  const setting = settings.find('fallback')
  if (setting === undefined) return []
  const fallbacks: Fallback[] = []
  for (const item of setting.value) {
    if (item === undefined) continue
    const { runtime, model, agent } = item
    const name = agent === undefined ? undefined : findAgent(agent, item, 'agent', compiling)
    const entry = name === undefined ? undefined : compiling.file.agents.get(name)?.value
    if (agent !== undefined && entry === undefined) continue
    const isSame = agent === undefined && runtime === undefined
    const kept = isSame ? layers : layers.map((layer) => withoutIdentity(layer, compiling.file.origins))
    const values: DefaultsEntry = { ...(runtime !== undefined && { runtime }), ...(model !== undefined && { model }) }
    compiling.file.origins.alias(values, item)
    const under: Layer[] = [{ level: 'fallback', values }]
    if (entry !== undefined) under.push({ level: 'agent', values: entry })
    const inherited = kept.filter((layer) => entry === undefined || layer.level !== 'agent')
    const facts = chooseRuntime(draft, createSettings(draft, [...under, ...inherited], compiling), compiling)
    if (facts === undefined) continue
    const all = [...under, ...inherited, ...(isSame ? [] : modelOfDefaults(facts.name, compiling))]
    const own = createSettings(draft, all, compiling)
    checkFallbackRuntime(item, agent === undefined ? 'runtime' : 'agent', facts, compiling)
    const dropped = checkSupport(draft, all, facts, compiling)
    checkSafety(draft, own, facts, compiling)
    const definition = define(
      draft,
      createSettings(draft, dropped, compiling),
      facts,
      name === undefined ? undefined : { name, entry: entry ?? {} },
      action,
      dropped,
      compiling,
    )
    fallbacks.push({
      runtime: definition.runtime,
      ...(definition.model !== undefined && { model: definition.model }),
      ...(name !== undefined && { agent: name }),
      ...(agent !== undefined || runtime !== undefined ? { process: definition } : {}),
    })
  }
  return fallbacks
}

/** The model that `defaults` have for a runtime: all else a fallback keeps of its instance. */
function modelOfDefaults(runtime: string, { file }: Compiling): Layer[] {
  return file.defaults.flatMap((values) => {
    const { model } = defaultsOf(values, runtime) ?? {}
    if (model === undefined) return []
    const only = { model }
    file.origins.alias(only, defaultsOf(values, runtime) ?? {})
    return [{ level: 'defaults', values: only, runtime }]
  })
}

/** A layer as another runtime or agent sees it: model and arguments are spelled for the first one. */
function withoutIdentity({ level, values }: Layer, origins: Origins): Layer {
  const { runtime: _, model: __, args: ___, ...rest } = values
  origins.alias(rest, values)
  return { level, values: rest }
}

/** Variables of `defaults`, the agent, the groups around it from the outside in, and the instance; later ones win. */
function environmentOf(draft: ProcessDraft, layers: readonly Layer[]): Record<string, string> {
  const env: Record<string, string> = {}
  const outer = layers.filter(({ level }) => level !== 'instance').toReversed()
  for (const { values } of outer) Object.assign(env, values.env)
  for (const group of draft.groups) Object.assign(env, group.env)
  Object.assign(env, draft.entry.env)
  for (const [name, value] of Object.entries(env)) if (typeof value === 'string') env[name] = foldTemplate(value)
  return env
}

/** Items that are no text have been reported, and left holes. */
function foldAll(templates: readonly string[]): string[] {
  return templates.filter((template) => typeof template === 'string').map(foldTemplate)
}

function readParse(parse: DefaultsEntry['parse']): Parse {
  if (parse === undefined) return { kind: 'none' }
  return typeof parse === 'string' ? { kind: parse } : { kind: 'regex', regex: parse.regex }
}

/** A group's worktree is that of its members, whatever `defaults` say. */
function readWorkspace(draft: ProcessDraft, settings: Settings): ProcessDefinition['workspace'] {
  const { worktree: group, closes } = draft
  const owner = draft.groups.at(-1)
  const allowPaths = group === undefined ? settings.find('allow-paths')?.value : owner?.['allow-paths']
  const allowed = allowPaths !== undefined && { allowPaths }
  if (group === undefined)
    return {
      kind: settings.find('workspace')?.value ?? 'shared',
      apply: settings.find('apply')?.value ?? false,
      ...allowed,
    }
  return closes
    ? { kind: 'worktree', group, closes, apply: owner?.apply ?? false, ...allowed }
    : { kind: 'worktree', group, apply: false }
}
