import { LineCounter, parseDocument } from 'yaml'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { JsonObject } from '../core/json.ts'
import { compilePattern, type Pattern } from '../core/pattern.ts'
import { plainReply, type Reply, type ReplyError, type ToolCall } from './reply.ts'
import { createRuleReader, type MapReader, type RuleReader } from './rule-reader.ts'
import { isObject } from '../core/is-object.ts'

/** Which requests a rule answers; everything given must hold. */
export interface Match {
  /** Looked for in what the user said (not in tool results): a substring, or `/regex/flags`. */
  readonly prompt?: Pattern
  readonly model?: Pattern
  /** Instance id; `*` stands for any characters. */
  readonly instance?: Pattern
  readonly attempt?: number
  /** Number of the request within its attempt, from 1. */
  readonly request?: number
  /** Holds while more than this many requests are under way, this one included. */
  readonly inFlightAbove?: number
}

/** One rule: the first whose match holds and that is not used up answers. */
export interface Rule {
  readonly match: Match
  /** How many requests it answers in all. */
  readonly times?: number
  /** Used in order by the requests of one attempt; after the last it repeats, without its tool calls unless `repeat`. */
  readonly replies: readonly Reply[]
  readonly repeat: boolean
}

/** What the simulated model does. A request that no rule answers gets a plain reply. */
export interface SimulationRules {
  readonly rules: readonly Rule[]
}

/** No rules: every request gets a short answer that names its instance, at a cost that follows from its size. */
export const defaultRules: SimulationRules = { rules: [] }

/** Reads a rules file, once `loadPatterns` has settled. All its mistakes are reported at once; what is mistaken counts as not written. */
export function parseRules(path: string, text: string): { rules: SimulationRules; diagnostics: Diagnostic[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false })
  const reader = createRuleReader(path, document, lines)
  for (const error of document.errors) reader.report('simulate-syntax', firstLine(error.message), error.pos)
  if (document.errors.length > 0 || document.contents === null)
    return { rules: defaultRules, diagnostics: reader.diagnostics }
  const root = reader.map(document.contents, 'the rules file', ['rules'])
  const rules = root?.list('rules', (node) => readRule(reader, node)) ?? []
  return { rules: { rules }, diagnostics: reader.diagnostics }
}

const firstLine = (message: string): string => message.split('\n')[0] ?? message

function readRule(reader: RuleReader, node: unknown): Rule | undefined {
  const rule = reader.map(node, 'a rule', ['match', 'times', 'reply', 'replies', 'repeat'])
  if (rule === undefined) return undefined
  const matchNode = rule.node('match')
  const match = matchNode === undefined ? {} : readMatch(reader, matchNode)
  const single = rule.node('reply')
  const listed = rule.list('replies', (reply) => readReply(reader, reply))
  if (single !== undefined && listed !== undefined)
    rule.report('simulate-value', 'a rule cannot have both `reply` and `replies`', 'replies')
  const replies =
    single === undefined ? (listed ?? []) : [readReply(reader, single)].filter((reply) => reply !== undefined)
  const times = rule.count('times', 1)
  return {
    match: match ?? {},
    ...(times !== undefined && { times }),
    replies: replies.length === 0 ? [plainReply] : replies,
    repeat: rule.flag('repeat') ?? false,
  }
}

function readMatch(reader: RuleReader, node: unknown): Match | undefined {
  const match = reader.map(node, '`match`', ['prompt', 'model', 'instance', 'attempt', 'request', 'in-flight-above'])
  if (match === undefined) return undefined
  const instance = match.text('instance')
  const found = {
    prompt: match.pattern('prompt'),
    model: match.pattern('model'),
    instance: instance === undefined ? undefined : globPattern(instance),
    attempt: match.count('attempt', 1),
    request: match.count('request', 1),
    inFlightAbove: match.count('in-flight-above', 0),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

const globPattern = (glob: string): Pattern =>
  compilePattern(`^${glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*')}$`, 's')

const replyKeys = [
  'text',
  'json',
  'tools',
  'usage',
  'delay',
  'chunks',
  'chunk-delay',
  'error',
  'hang',
  'cut',
  'stream-error',
]

function readReply(reader: RuleReader, node: unknown): Reply | undefined {
  const reply = reader.map(node, 'a reply', replyKeys)
  if (reply === undefined) return undefined
  const text = reply.text('text')
  const json = reply.json('json')
  const errorNode = reply.node('error')
  const error = errorNode === undefined ? undefined : readError(reader, errorNode)
  const breakOffs = (['hang', 'cut', 'stream-error'] as const).filter((key) => reply.flag(key) === true)
  if (breakOffs.length > 1)
    reply.report('simulate-value', '`hang`, `cut` and `stream-error` cannot be combined', breakOffs[1])
  const breakOff = breakOffs[0] === 'stream-error' ? 'error' : breakOffs[0]
  return {
    ...(text !== undefined && { text }),
    ...(json !== undefined && { json }),
    tools: reply.list('tools', (tool) => readTool(reader, tool)) ?? [],
    usage: readUsage(reader, reply.node('usage')),
    delayMs: reply.duration('delay') ?? plainReply.delayMs,
    chunks: reply.count('chunks', 1) ?? plainReply.chunks,
    chunkDelayMs: reply.duration('chunk-delay') ?? plainReply.chunkDelayMs,
    ...(error !== undefined && { error }),
    ...(breakOff !== undefined && { breakOff }),
  }
}

function readUsage(reader: RuleReader, node: unknown): Reply['usage'] {
  const usage =
    node === undefined ? undefined : reader.map(node, '`usage`', ['input', 'cache-read', 'cache-write', 'output'])
  if (usage === undefined) return {}
  const found = {
    input: usage.count('input', 0),
    cacheRead: usage.count('cache-read', 0),
    cacheWrite: usage.count('cache-write', 0),
    output: usage.count('output', 0),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function readTool(reader: RuleReader, node: unknown): ToolCall | undefined {
  const tool = reader.map(node, 'a tool call', ['name', 'input', 'run'])
  if (tool === undefined) return undefined
  const run = tool.text('run')
  if (run !== undefined) return { run }
  const name = tool.text('name')
  if (name === undefined) {
    tool.report('simulate-value', 'a tool call must have `name` and `input`, or `run` with a shell command')
    return undefined
  }
  const input = tool.json('input') ?? {}
  return { name, input: asInput(tool, input) }
}

function asInput(tool: MapReader, value: unknown): JsonObject | string {
  if (isObject(value) || typeof value === 'string') return value
  tool.report('simulate-value', '`input` must be a map, or a string for a tool that takes no JSON', 'input')
  return {}
}

function readError(reader: RuleReader, node: unknown): ReplyError | undefined {
  const error = reader.map(node, '`error`', ['status', 'message', 'retry-after'])
  if (error === undefined) return undefined
  const status = error.count('status', 400)
  if (status === undefined || status > 599) {
    error.report('simulate-value', '`status` must be an HTTP status from 400 to 599', 'status')
    return undefined
  }
  const retryAfter = error.count('retry-after', 0)
  return {
    status,
    message: error.text('message') ?? `Simulated error ${status}`,
    ...(retryAfter !== undefined && { retryAfter }),
  }
}
