import { closestName } from '../core/closest-name.ts'
import type { Diagnostics } from './diagnostics.ts'
import { literalText } from '../expression/template.ts'
import { createImportedNames, type ImportedNames } from './import-names.ts'
import type { Imported, ImportReader } from './import-reader.ts'
import type { PrintedComment } from './print-file.ts'
import type { AgentEntry } from './schema.ts'
import type { InstanceEntry } from './schema-instance.ts'

const documentKeys = ['name', 'version', 'description', 'agents', 'stages']
const agentKeys = ['id', 'name', 'type', 'capabilities', 'description', 'model']
const stageKeys = ['name', 'description', 'parallel', 'dependsOn', 'tasks']
const taskKeys = ['name', 'description', 'agent', 'command', 'timeout', 'continueOnError', 'requiresApproval']

/** What agent types are called here. */
const runtimes = new Map([
  ['claude', 'claude'],
  ['claude-code', 'claude'],
  ['anthropic', 'claude'],
  ['codex', 'codex'],
  ['openai', 'codex'],
  ['openai-codex', 'codex'],
  ['gemini', 'gemini'],
  ['gemini-cli', 'gemini'],
  ['opencode', 'opencode'],
  ['qwen', 'qwen'],
  ['qwen-code', 'qwen'],
  ['copilot', 'copilot'],
  ['github-copilot', 'copilot'],
  ['pi', 'pi'],
  ['shell', 'shell'],
  ['bash', 'shell'],
  ['sh', 'shell'],
  ['script', 'shell'],
  ['python', 'python'],
  ['node', 'node'],
])
const scriptRuntimes = new Set(['shell', 'python', 'node'])

const header = `Imported from a list of stages.
Each stage is a group; \`needs\` of a stage requires its success.`

interface KnownAgent {
  readonly id: string
  readonly runtime: string
}

/** A list of stages (`agents: [{ id, type }]`, `stages: [{ name, tasks }]`) as an orchestration file. */
export function importStages(root: ImportReader, diagnostics: Diagnostics): Imported {
  const comments: PrintedComment[] = []
  root.unknownKeys(documentKeys)
  const agents = new Map<string, KnownAgent>()
  const entries: Record<string, AgentEntry> = {}
  const customRuntimes: Record<string, { command: string[] }> = {}
  const agentNames = createImportedNames('agent')
  for (const reader of root.maps('agents') ?? [])
    readAgent(reader, agentNames, agents, entries, customRuntimes, diagnostics, comments)
  const instances = readStages(root, agents, diagnostics, comments)
  const name = root.text('name')
  const description = root.text('description')
  const file = {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(Object.keys(entries).length > 0 && { agents: entries }),
    ...(Object.keys(customRuntimes).length > 0 && { runtimes: customRuntimes }),
    instances,
  }
  return { file, header, comments }
}

function readAgent(
  reader: ImportReader,
  names: ImportedNames,
  agents: Map<string, KnownAgent>,
  entries: Record<string, AgentEntry>,
  customRuntimes: Record<string, { command: string[] }>,
  diagnostics: Diagnostics,
  comments: PrintedComment[],
): void {
  reader.unknownKeys(agentKeys)
  const key = reader.text('id') ?? reader.text('name')
  if (key === undefined) {
    diagnostics.error('import-missing-key', 'an agent must have an `id`', reader.range())
    return
  }
  if (agents.has(key)) {
    diagnostics.error('import-duplicate', `there are two agents \`${key}\``, reader.range('id'))
    return
  }
  const id = names.claim(key)
  const type = reader.text('type') ?? 'claude'
  const runtime = runtimes.get(type.toLowerCase()) ?? createImportedNames('runtime').claim(type)
  agents.set(key, { id, runtime })
  if (!runtimes.has(type.toLowerCase())) {
    diagnostics.warning('import-unknown-type', `unknown agent type \`${type}\``, reader.range('type'))
    customRuntimes[runtime] = { command: [type] }
    comments.push({ path: ['runtimes', runtime], text: `Describe how to start ${type}: see "Custom runtimes".` })
  }
  // A shell or an interpreter has no identity: its tasks say which one runs them.
  if (scriptRuntimes.has(runtime)) return
  const description = reader.text('description')
  const model = reader.text('model')
  const capabilityNames = createImportedNames('capability')
  const capabilities = reader.texts('capabilities')?.map((capability) => capabilityNames.claim(capability))
  entries[id] = {
    runtime,
    ...(description !== undefined && { description }),
    ...(model !== undefined && { model: literalText(model) }),
    ...(capabilities !== undefined && capabilities.length > 0 && { capabilities }),
  }
}

function readStages(
  root: ImportReader,
  agents: ReadonlyMap<string, KnownAgent>,
  diagnostics: Diagnostics,
  comments: PrintedComment[],
): Record<string, InstanceEntry> {
  const stages = root.maps('stages') ?? []
  if (stages.length === 0) diagnostics.error('import-empty', '`stages` is empty', root.range('stages'))
  const names = createImportedNames('stage')
  const ids = new Map<string, string>()
  const named = stages.map((reader, index) => {
    const name = reader.text('name') ?? `stage-${index + 1}`
    const id = names.claim(name)
    if (ids.has(name)) diagnostics.error('import-duplicate', `there are two stages \`${name}\``, reader.range('name'))
    else ids.set(name, id)
    return { reader, name, id }
  })
  // Files that never say `dependsOn` mean the order they are written in.
  const inOrder = stages.length > 1 && !stages.some((reader) => reader.has('dependsOn'))
  return Object.fromEntries(
    named.map(({ reader, name, id }, index) => {
      const before = inOrder ? named[index - 1]?.id : undefined
      const needs = before === undefined ? dependencies(reader, ids, diagnostics) : [before]
      if (inOrder && index === 1)
        comments.push({
          path: ['instances', id, 'needs'],
          text: 'No stage has dependencies: they run in the order of the list.',
        })
      return [id, readStage(reader, id, name, needs, agents, diagnostics, comments)]
    }),
  )
}

function dependencies(reader: ImportReader, ids: ReadonlyMap<string, string>, diagnostics: Diagnostics): string[] {
  return (reader.texts('dependsOn') ?? []).flatMap((name) => {
    const id = ids.get(name)
    if (id !== undefined) return [id]
    const near = closestName(name, ids.keys())
    diagnostics.error('import-unknown-stage', `unknown stage \`${name}\``, reader.range('dependsOn'), {
      hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
    })
    return []
  })
}

function readStage(
  reader: ImportReader,
  id: string,
  name: string,
  needs: readonly string[],
  agents: ReadonlyMap<string, KnownAgent>,
  diagnostics: Diagnostics,
  comments: PrintedComment[],
): InstanceEntry {
  reader.unknownKeys(stageKeys)
  const description = reader.text('description')
  const parallel = reader.flag('parallel') === true
  const form = parallel ? 'parallel' : 'sequence'
  const names = createImportedNames('task')
  const tasks = (reader.maps('tasks') ?? []).map((task, index) =>
    readTask(task, names, agents, diagnostics, (key, text) =>
      comments.push({ path: ['instances', id, form, index, key], text }),
    ),
  )
  if (tasks.length === 0) diagnostics.error('import-empty', `stage \`${name}\` has no tasks`, reader.range('tasks'))
  return {
    ...(id !== name && { name: literalText(name) }),
    ...(description !== undefined && { description }),
    ...(needs.length > 0 && { needs: [...needs] }),
    [form]: tasks,
  }
}

function readTask(
  reader: ImportReader,
  names: ImportedNames,
  agents: ReadonlyMap<string, KnownAgent>,
  diagnostics: Diagnostics,
  about: (key: string, text: string) => void,
): InstanceEntry {
  reader.unknownKeys(taskKeys)
  const command = reader.text('command')
  if (command === undefined) diagnostics.error('import-missing-key', 'a task must have a `command`', reader.range())
  const wanted = reader.text('agent')
  const agent = wanted === undefined ? undefined : agents.get(wanted)
  if (wanted !== undefined && agent === undefined) {
    const near = closestName(wanted, agents.keys())
    diagnostics.error('import-unknown-agent', `unknown agent \`${wanted}\``, reader.range('agent'), {
      hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
    })
  }
  const id = names.claim(reader.text('name') ?? wanted ?? 'task')
  const isScript = agent === undefined ? wanted === undefined : scriptRuntimes.has(agent.runtime)
  if (wanted === undefined) about('run', 'The task names no agent: its command runs in a shell.')
  const minutes = timeoutMinutes(reader, diagnostics, about)
  const description = reader.text('description')
  if (reader.flag('requiresApproval') === true)
    about('approval', 'Anyone with write access can approve; name others under `approvers`.')
  return {
    id,
    ...(description !== undefined && { description }),
    ...(agent !== undefined && !isScript && { agent: agent.id }),
    ...(agent !== undefined && isScript && agent.runtime !== 'shell' && { runtime: agent.runtime }),
    ...(isScript ? { run: literalText(command ?? '') } : { prompt: literalText(command ?? '') }),
    ...(minutes !== undefined && { 'timeout-minutes': minutes }),
    ...(reader.flag('continueOnError') === true && { 'continue-on-error': true }),
    ...(reader.flag('requiresApproval') === true && { approval: true }),
  }
}

const units: Readonly<Record<string, number>> = { ms: 1 / 60_000, s: 1 / 60, m: 1, h: 60 }

/** A number from 10,000 on can only be milliseconds; below, it is seconds. Text names its unit. */
function timeoutMinutes(
  reader: ImportReader,
  diagnostics: Diagnostics,
  about: (key: string, text: string) => void,
): number | undefined {
  if (!reader.has('timeout')) return undefined
  const text = reader.text('timeout')?.trim() ?? ''
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text) ?? []
  const amount = Number(digits)
  if (!(amount > 0)) {
    diagnostics.error(
      'import-wrong-value',
      '`timeout` must be a number above 0 or a duration such as `30s`',
      reader.range('timeout'),
    )
    return undefined
  }
  const read = unit ?? (amount >= 10_000 ? 'ms' : 's')
  if (unit === undefined)
    about('timeout-minutes', `timeout ${text} was read as ${read === 'ms' ? 'milliseconds' : 'seconds'}.`)
  return Math.max(0.001, Math.round(amount * (units[read] ?? 1) * 1000) / 1000)
}
