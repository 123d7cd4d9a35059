import { cutText } from '../core/cut-text.ts'
import { literalText } from '../expression/template.ts'
import { createImportedNames } from './import-names.ts'
import type { Imported, ImportReader } from './import-reader.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { PrintedComment } from './print-file.ts'
import type { BudgetEntry } from './schema.ts'
import type { InstanceEntry } from './schema-instance.ts'

const documentKeys = ['instances', 'budget']
/** The keys of an instance in such a list. */
export const instanceKeys = [
  'name',
  'command',
  'prompt',
  'description',
  'allowed_tools',
  'permission_mode',
  'output_format',
  'session_id',
  'clear_history',
  'compact_history',
  'pre_commands',
  'max_tokens_per_command',
]
/** The keys of the budget beside such a list. */
export const budgetKeys = [
  'overall_budget',
  'overall_cost_budget',
  'budget_type',
  'enforcement_mode',
  'command_budgets',
]

const header = `Imported from an instance list.
All instances run side by side, as many at once as the machine or \`limits.max-parallel\` allows; there is no delay
between their starts. Each attempt is a session of its own, with a home directory of its own.`

/** An instance list (`instances: [{ name, command, … }]`) as an orchestration file. */
export function importInstances(root: ImportReader, diagnostics: Diagnostics): Imported {
  const comments: PrintedComment[] = []
  root.unknownKeys(documentKeys)
  const budget = readBudget(root.child('budget'), diagnostics, comments)
  const names = createImportedNames('instance')
  const instances: [string, InstanceEntry][] = []
  const byCommand = new Map<string, [string, InstanceEntry][]>()
  for (const reader of root.maps('instances') ?? []) {
    const instance = readInstance(reader, (name) => names.claim(name), budget.onExceeded, diagnostics, comments)
    if (instance === undefined) continue
    instances.push(instance.entry)
    const same = byCommand.get(instance.command)
    if (same === undefined) byCommand.set(instance.command, [instance.entry])
    else same.push(instance.entry)
  }
  if (instances.length === 0 && !diagnostics.hasErrors)
    diagnostics.error('import-empty', '`instances` is empty', root.range('instances'))
  for (const [command, limit] of budget.commands) limitCommand(command, limit, byCommand, budget.onExceeded, comments)
  const file = {
    defaults: { runtime: 'claude' },
    ...(budget.entry !== undefined && { budget: budget.entry }),
    instances: Object.fromEntries(instances),
  }
  return { file, header, comments }
}

interface CommandLimit {
  readonly amount: BudgetEntry
}

interface ReadBudget {
  readonly entry: BudgetEntry | undefined
  readonly onExceeded: 'cancel' | 'warn'
  readonly commands: ReadonlyMap<string, CommandLimit>
}

function readBudget(
  reader: ImportReader | undefined,
  diagnostics: Diagnostics,
  comments: PrintedComment[],
): ReadBudget {
  const commands = new Map<string, CommandLimit>()
  if (reader === undefined) return { entry: undefined, onExceeded: 'warn', commands }
  reader.unknownKeys(budgetKeys)
  const kind = reader.text('budget_type') ?? 'tokens'
  if (!['tokens', 'cost', 'mixed'].includes(kind))
    diagnostics.error(
      'import-wrong-value',
      '`budget_type` must be `tokens`, `cost` or `mixed`',
      reader.range('budget_type'),
    )
  const mode = reader.text('enforcement_mode') ?? 'warn'
  if (!['warn', 'block'].includes(mode))
    diagnostics.error(
      'import-wrong-value',
      '`enforcement_mode` must be `warn` or `block`',
      reader.range('enforcement_mode'),
    )
  const onExceeded = mode === 'block' ? 'cancel' : 'warn'
  const tokens = above0(reader, 'overall_budget', diagnostics)
  const costUsd = above0(reader, 'overall_cost_budget', diagnostics)
  const entry: BudgetEntry = {
    ...(tokens !== undefined && kind !== 'cost' && { tokens: Math.ceil(tokens) }),
    ...(costUsd !== undefined && kind !== 'tokens' && { 'cost-usd': costUsd }),
  }
  const unused = [
    tokens !== undefined && kind === 'cost' ? `overall_budget ${tokens}` : '',
    costUsd !== undefined && kind === 'tokens' ? `overall_cost_budget ${costUsd}` : '',
  ].filter((part) => part !== '')
  const present = Object.keys(entry).length > 0
  if (present) {
    const why = [
      mode === 'block'
        ? 'enforcement_mode block: at the limit, running instances are cancelled as well.'
        : 'enforcement_mode warn: nothing is stopped at the limit.',
      ...unused.map((part) => `budget_type ${kind}: ${part} had no effect and is left out.`),
    ]
    comments.push({ path: ['budget'], text: why.join('\n') })
  }
  const limits = reader.child('command_budgets')
  for (const [command, value] of Object.entries(limits?.map ?? {})) {
    const amount = amountOf(value)
    if (limits !== undefined && amount === undefined)
      diagnostics.error(
        'import-wrong-type',
        `\`${command}\` must be a number of tokens or dollars`,
        limits.range(command),
      )
    else if (amount !== undefined) commands.set(command, { amount })
  }
  return { entry: present ? { ...entry, 'on-exceeded': onExceeded } : undefined, onExceeded, commands }
}

/** `50000` is tokens, `"$2.50"` dollars; a map may name either. */
function amountOf(value: unknown): BudgetEntry | undefined {
  if (typeof value === 'number') return value > 0 ? { tokens: Math.ceil(value) } : undefined
  if (typeof value !== 'string') return undefined
  const [, dollar, digits] = /^\s*(\$?)\s*(\d+(?:\.\d+)?)\s*$/.exec(value) ?? []
  const amount = Number(digits)
  if (!(amount > 0)) return undefined
  return dollar === '$' ? { 'cost-usd': amount } : { tokens: Math.ceil(amount) }
}

function above0(reader: ImportReader, key: string, diagnostics: Diagnostics): number | undefined {
  const value = reader.number(key)
  if (value === undefined || value > 0) return value
  diagnostics.error('import-wrong-value', `\`${key}\` must be a number above 0`, reader.range(key))
  return undefined
}

function readInstance(
  reader: ImportReader,
  claim: (name: string) => string,
  onExceeded: 'cancel' | 'warn',
  diagnostics: Diagnostics,
  comments: PrintedComment[],
): { entry: [string, InstanceEntry]; command: string } | undefined {
  const unknown = reader.unknownKeys(instanceKeys)
  const command = reader.text('command')
  const main = reader.text('prompt') ?? command
  if (main === undefined || main.trim() === '') {
    diagnostics.error('import-missing-key', 'an instance must have a `command` or a `prompt`', reader.range(), {})
    return undefined
  }
  const name = reader.text('name') ?? main.trim().split(/\s/)[0] ?? ''
  const id = claim(name)
  const about = (key: string, text: string): void => void comments.push({ path: ['instances', id, key], text })
  const before = (reader.texts('pre_commands') ?? []).filter((item) => !/^\/(clear|compact)\s*$/.test(item.trim()))
  const description = reader.text('description')
  const tools = reader.texts('allowed_tools')
  const tokens = above0(reader, 'max_tokens_per_command', diagnostics)
  const entry: InstanceEntry = {
    ...(id !== name && { name: literalText(name) }),
    ...(description !== undefined && { description }),
    prompt: literalText([...before, main].join('\n')),
    ...(tools !== undefined && tools.length > 0 && { 'allowed-tools': tools.map(literalText) }),
    ...permissionsOf(reader, diagnostics, about),
    ...(tokens !== undefined && { budget: { tokens: Math.ceil(tokens), 'on-exceeded': onExceeded } }),
  }
  if (before.length > 0) about('prompt', 'pre_commands became the first lines of the prompt.')
  if (reader.has('prompt') && command !== undefined && command !== main)
    about('prompt', `command ${oneLine(command)} had no effect beside prompt and is left out.`)
  for (const text of droppedOf(reader)) about(Object.keys(entry)[0] ?? 'prompt', text)
  if (unknown.length > 0)
    about(Object.keys(entry)[0] ?? 'prompt', `Left out, unknown: ${unknown.map(oneLine).join(', ')}.`)
  return { entry: [id, entry], command: (command ?? main).trim().split(/\s/)[0] ?? '' }
}

/** What has no counterpart, and why. */
function droppedOf(reader: ImportReader): string[] {
  const format = reader.text('output_format')
  const session = reader.text('session_id')
  const cleared =
    reader.flag('clear_history') === true ||
    reader.flag('compact_history') === true ||
    (reader.texts('pre_commands') ?? []).some((item) => /^\/(clear|compact)\s*$/.test(item.trim()))
  return [
    session === undefined
      ? ''
      : `session_id ${oneLine(session)} is left out: an attempt never resumes an earlier session.`,
    cleared ? 'Clearing or compacting the history is left out: every attempt starts without one.' : '',
    format === undefined || format === 'stream-json'
      ? ''
      : `output_format ${oneLine(format)} is left out: the answer is \`needs.<id>.text\`, whatever the format.`,
  ].filter((part) => part !== '')
}

function permissionsOf(
  reader: ImportReader,
  diagnostics: Diagnostics,
  about: (key: string, text: string) => void,
): Pick<InstanceEntry, 'safety' | 'args'> {
  const mode = reader.text('permission_mode')
  switch (mode) {
    case undefined:
    case 'acceptEdits':
      about('args', 'Edits are accepted without asking, as before; every other tool must be allowed.')
      return { args: ['--permission-mode', 'acceptEdits'] }
    case 'bypassPermissions':
      return { safety: 'autonomous' }
    case 'plan':
      about('safety', 'permission_mode plan: the agent only has tools that read.')
      return { safety: 'read-only' }
    case 'default':
    case 'interactive':
      about('safety', 'Nobody can be asked: tools that are not allowed are denied.')
      return { safety: 'supervised' }
    default:
      diagnostics.error(
        'import-wrong-value',
        '`permission_mode` must be `acceptEdits`, `bypassPermissions`, `plan`, `default` or `interactive`',
        reader.range('permission_mode'),
      )
      return {}
  }
}

function limitCommand(
  command: string,
  { amount }: CommandLimit,
  byCommand: ReadonlyMap<string, [string, InstanceEntry][]>,
  onExceeded: 'cancel' | 'warn',
  comments: PrintedComment[],
): void {
  const users = byCommand.get(command.trim().split(/\s/)[0] ?? '') ?? []
  if (users.length === 0)
    comments.push({
      path: ['instances'],
      text: `command_budgets: nothing here runs ${oneLine(command)}, so its limit is left out.`,
    })
  for (const [id, entry] of users) {
    const own = entry.budget
    entry.budget = {
      ...own,
      ...(amount.tokens !== undefined && { tokens: Math.min(amount.tokens, own?.tokens ?? Infinity) }),
      ...(amount['cost-usd'] !== undefined && { 'cost-usd': amount['cost-usd'] }),
      'on-exceeded': onExceeded,
    }
    if (users.length > 1)
      comments.push({
        path: ['instances', id, 'budget'],
        text: `command_budgets: the limit of ${oneLine(command)} was for ${users.length} instances together; here each has it.`,
      })
  }
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return cutText(line, 60)
}
