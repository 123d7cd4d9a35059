import type { RunEvent } from '../core/event.ts'
import { isObject } from '../core/is-object.ts'

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, Check>>

const text: Check = (value) => typeof value === 'string'
/** JSON has numbers that are none here, such as 1e999. */
const number: Check = (value) => Number.isFinite(value)
const count: Check = (value) => number(value) && Number(value) >= 0
/** What reports show as it is. */
const word: Check = (value) => typeof value === 'string' && /^[\w:.-]{0,100}$/.test(value)
const flag: Check = (value) => typeof value === 'boolean'
const json: Check = (value) => value !== undefined
const map: Check = (value) => isObject(value)
const maybe =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value)
const shaped =
  (shape: Shape): Check =>
  (value) =>
    isObject<Record<string, unknown>>(value) && missingIn(value, shape) === undefined

const result = oneOf('success', 'failure', 'cancelled', 'skipped')
const usage = shaped({ input: count, cacheRead: count, cacheWrite: count, output: count, reasoning: count })
const accounting = shaped({
  usage: maybe(usage),
  costUsd: maybe(count),
  costSource: text,
  partial: flag,
  atLeastUsd: optional(count),
  reportedUsd: optional(count),
})
const edge = shaped({ from: text, when: (value) => text(value) || map(value), delayMs: number })
const nodeCommon = {
  id: text,
  label: text,
  key: text,
  needs: list(edge),
  join: (value: unknown) => text(value) || map(value),
  parent: optional(text),
}
const definition = shaped({
  runtime: text,
  action: shaped({ kind: text }),
  args: list(text),
  env: map,
  secrets: list(text),
})
const nodes: Readonly<Record<string, Check>> = {
  process: shaped({ ...nodeCommon, process: definition, outputs: map, retry: map, fallback: list(map), pool: text }),
  gate: shaped({ ...nodeCommon, group: text }),
  group: shaped({ ...nodeCommon, form: text, gate: text, members: list(text), outputs: map }),
}
const node: Check = (value) =>
  isObject<Record<string, unknown>>(value) && nodes[String(value['kind'])]?.(value) === true
const plan = shaped({
  name: text,
  source: maybe(map),
  inputs: map,
  instances: list(node),
  maxParallel: map,
  report: map,
})
const shardOnly = { name: text, only: list(text) }
const shard = shaped({
  name: optional(text),
  attempt: count,
  only: list(text),
  digest: text,
  taken: list(shaped({ ...shardOnly, attempt: count, runId: text })),
  planned: optional(list(shaped(shardOnly))),
})
const context = shaped({ inputs: map, env: map, github: map, runner: map, run: map })
const keptText = shaped({ file: text, bytes: count, sha256: text })
const keptFrom = shaped({ run: text, keptAt: number })
const attempt = { id: text, attempt: count }
const ended: Shape = {
  ...attempt,
  failure: maybe(shaped({ kind: word, detail: optional(text) })),
  exitCode: maybe(number),
  signal: maybe(word),
  durationMs: count,
  runtime: text,
  model: maybe(text),
  accounting,
  text,
  textFile: optional(keptText),
  json,
  jsonFile: optional(keptText),
  outputs: map,
  tail: text,
  stdoutFile: maybe(text),
  stderrFile: maybe(text),
  patchFile: maybe(text),
  transcriptFile: optional(text),
}

/** What every event of a type has; what an older or newer version has besides is not asked for. */
const shapes: Readonly<Record<RunEvent['type'], Shape>> = {
  'run.started': {
    runId: text,
    version: text,
    simulated: flag,
    plan,
    context,
    only: maybe(list(text)),
    commit: maybe(text),
    shard: optional(shard),
  },
  'run.resumed': { version: text, changed: list(text), only: optional(list(text)) },
  'run.interrupted': { cause: text, by: text },
  'run.paused': { id: maybe(text) },
  'run.unpaused': { id: maybe(text) },
  'instance.cancelled': { id: text, by: text },
  'run.ended': { result, reason: text },
  'plan.expanded': { group: text, members: list(text), instances: list(node) },
  'edge.decided': { from: text, to: text, taken: flag },
  'attempt.started': { ...attempt, runtime: text, model: maybe(text), argv: list(text), continues: optional(map) },
  'attempt.progress': { ...attempt, accounting, model: maybe(text), activity: text },
  'attempt.repairing': { ...attempt, why: text },
  'attempt.ended': ended,
  'effect.started': {
    ...attempt,
    effect: shaped({ kind: text, before: optional(text), after: optional(text), files: optional(number) }),
    ended: shaped(ended),
  },
  'instance.restored': { ...attempt, key: text, from: keptFrom, saved: accounting },
  'instance.missed': {
    ...attempt,
    key: maybe(text),
    against: maybe(keptFrom),
    differs: list(map),
    why: optional(text),
  },
  'instance.retrying': { ...attempt, dueAt: number, why: text },
  'instance.ended': { id: text, result, outcome: result, reason: word, detail: text, outputs: map },
  'budget.warned': { scope: maybe(text) },
  'budget.exceeded': { scope: maybe(text) },
  'budget.carried': { earlier: map },
  'fragments.taken': {},
  'provider.throttled': { provider: text, limit: number, until: number, open: flag },
  'report.delivered': { reporter: text },
  'report.failed': { reporter: text, detail: text },
  notice: { level: oneOf('warning', 'notice'), message: text },
  'timer.fired': { key: text },
}

/** What an event read from a file lacks to be one; undefined when it is whole. */
export function explainShape(event: Readonly<Record<string, unknown>>): string | undefined {
  const type = String(event['type'])
  const shape = isType(type) ? shapes[type] : undefined
  if (shape === undefined) return `there is no event ${JSON.stringify(type)}`
  const missing = missingIn(event, shape)
  return missing === undefined ? undefined : `not a complete event of type ${JSON.stringify(type)}: ${missing} is wrong`
}

function isType(type: string): type is RunEvent['type'] {
  return Object.hasOwn(shapes, type)
}

/** Whether a value is a time, in milliseconds, that has a date. */
export function isTime(value: unknown): value is number {
  return count(value) && Number(value) <= latest
}

/** ECMA-262, time values. */
const latest = 8.64e15

function missingIn(value: Readonly<Record<string, unknown>>, shape: Shape): string | undefined {
  for (const name in shape) if (shape[name]?.(value[name]) !== true) return name
  return undefined
}
