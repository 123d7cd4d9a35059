import type { ChangedPaths } from '../../src/core/changes.ts'
import type { EarlierSpending } from '../../src/core/earlier-spending.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { Budget, Instance, Join, Repeat, RetryPolicy, VariantRule } from '../../src/core/instance.ts'
import type { Plan } from '../../src/core/plan.ts'
import { freeAccounting, unknownAccounting } from '../../src/core/usage.ts'
import { agent, command, group, plan, type ProcessOverrides } from './plans.ts'
import { spent, type Happening, type SimulationOptions } from './simulator.ts'
import { expression } from '../rig/conditions.ts'

/** Filters that something changed of passes, and some that nothing does. */
const changed: ChangedPaths = { key: 'paths', filters: ['src/**'] }
export const unchanged: ChangedPaths = { key: 'paths', filters: ['elsewhere/**'] }

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Dice {
  readonly chance: (probability: number) => boolean
  readonly upTo: (limit: number) => number
  readonly pick: <T>(values: readonly T[]) => T
}

function dice(random: () => number): Dice {
  const upTo = (limit: number): number => Math.floor(random() * limit)
  return {
    chance: (probability) => random() < probability,
    upTo,
    pick: (values) => values[upTo(values.length)] as never,
  }
}

/** Conditions whose meaning the oracle knows. */
export const conditions = [
  'always()',
  'always()',
  'always()',
  'success()',
  'failure()',
  '!failure()',
  'cancelled()',
  '!cancelled()',
  'false',
  'true',
  "fromJSON('x')",
] as const
/** Edge expressions whose meaning the oracle knows; `X` is the upstream. */
export const edgeExpressions = [
  'failure()',
  'always()',
  "needs.X.result == 'success'",
  "needs.X.outcome == 'failure'",
  "always() && needs.X.outcome == 'failure'",
  "fromJSON('x')",
] as const

/** Conditions of repeated groups whose meaning the oracle knows. */
export const untils = [
  'success()',
  'success()',
  'failure()',
  "needs.s0.result == 'success'",
  "needs.s1.outcome == 'failure'",
  "needs.s0.result == 'skipped'",
  "previous-round.result == 'failure'",
  'false',
  'true',
  "fromJSON('x')",
] as const

/** What tokens cost: a power of two, so that sums of dollars are exact. */
function dollars(tokens: number): number {
  return tokens / 2 ** 17
}

const allClasses: RetryPolicy['on'] = [
  'rate-limit',
  'overloaded',
  'timeout',
  'crash',
  'failure',
  'no-output',
  'invalid-output',
]

/** A run made of a seed: a plan of everything the language has, what its processes do, and what happens from outside. */
export function randomRun(seed: number): SimulationOptions {
  const random = seeded(seed)
  const { chance, upTo, pick } = dice(random)
  const budgets = chance(0.6)
  const denying = chance(0.2)
  const amount = (tokens: number) => ({
    ...pick([{ tokens }, { tokens, costUsd: dollars(tokens) }, { costUsd: dollars(tokens) }]),
  })
  const budget = (scale: number): Budget => ({
    ...amount((1 + upTo(30)) * scale),
    warnAt: pick([0.5, 0.8, 1]),
    onExceeded: pick(['stop', 'stop', 'cancel', 'warn']),
  })

  const processOf = (id: string, upstream: readonly string[], inner = false): Instance => {
    const isAgent = chance(0.6)
    const needs = needsOf(upstream)
    const overrides: ProcessOverrides = {
      needs,
      join: chance(0.25) ? joinOf(needs.length) : 'all',
      continueOnError: chance(0.15),
      priority: chance(0.2) ? upTo(5) - 2 : 0,
      retry: {
        attempts: 1 + upTo(3),
        on: chance(0.5) ? allClasses : ['rate-limit', 'overloaded', 'crash-before-output'],
        backoffMs: 1 + upTo(100),
        maxBackoffMs: 200,
      },
      fallback: isAgent && chance(0.2) ? [{ runtime: 'codex' }, { model: 'haiku' }].slice(0, 1 + upTo(2)) : [],
      process: {
        ...(isAgent && { runtime: pick(['claude', 'claude', 'codex']) }),
        ...(isAgent && seed % 4 === 0 && upTo(3) > 0 && { prefix: pick(['p', 'p', 'q']) }),
        ...(budgets && chance(0.3) && { budget: budget(pick([100, 500])) }),
      },
      ...(chance(0.15) && { concurrency: { group: pick(['m', 'n']), cancelInProgress: chance(0.3) } }),
      ...(chance(denying ? 0.5 : 0.08) && { startAt: { afterMs: upTo(pick([100, 800])) } }),
      ...(chance(0.02) && { unsupported: ['approval'] }),
      ...(chance(0.05) && { paths: pick([changed, changed, unchanged]) }),
    }
    const condition = chance(inner ? 0.08 : 0.15) ? pick(conditions) : undefined
    const whole = { ...overrides, ...(condition !== undefined && conditionOf(condition, overrides)) }
    return isAgent ? agent(id, whole) : command(id, whole)
  }

  /** Where not all is waited for, what has failed by the time is not what will have by the start. */
  const conditionOf = (condition: string, { join = 'all', needs = [] }: Pick<ProcessOverrides, 'join' | 'needs'>) => {
    const waits = join === 'all' && needs.every((need) => typeof need === 'string' || need.atLeast === undefined)
    return !waits && /fail|cancel/.test(condition) ? {} : { if: condition }
  }

  const joinOf = (needs: number): Join =>
    needs === 0 || chance(0.4) ? 'any' : { atLeast: 1 + upTo(needs), cancelRest: chance(0.4) }

  /** Groups whose members can be counted. */
  const counted = new Set<string>()

  const needsOf = (upstream: readonly string[]): NonNullable<ProcessOverrides['needs']> => {
    const chosen = upstream.filter(() => chance(Math.min(0.8, 1.4 / upstream.length)))
    return chosen.slice(0, 5).map((from) => {
      if (chance(0.5)) return from
      const when =
        !from.includes('*') && chance(0.2)
          ? expression(pick(edgeExpressions).replaceAll('X', `['${from}']`).replaceAll('needs.[', 'needs['))
          : pick(['success', 'failure', 'completed', 'completed', 'skipped', 'always', 'always'] as const)
      const atLeast = counted.has(from) && typeof when === 'string' && chance(0.6) ? 1 + upTo(3) : undefined
      const quorum = atLeast !== undefined && { atLeast, ...(chance(0.4) && { cancelRest: true as const }) }
      return { from, when, delayMs: chance(0.15) ? upTo(80) : 0, ...quorum }
    })
  }

  const groupOf = (id: string, upstream: readonly string[], depth: number): Instance[] => {
    const form = pick(['sequence', 'parallel', 'matrix'] as const)
    const inside: Instance[] = []
    const names: string[] = []
    for (let index = 0; index < 1 + upTo(4); index++) {
      const name = `${id}.s${index}`
      const before = form === 'matrix' ? [] : form === 'sequence' ? names.slice(-1) : names
      if (depth < 2 && chance(0.2)) inside.push(...groupOf(name, before, depth + 1))
      else {
        const member = processOf(name, before, true)
        const previous = names.at(-1)
        inside.push(
          form === 'sequence' && previous !== undefined
            ? { ...member, needs: [{ from: previous, when: 'success', delayMs: 0, plain: false }], join: 'all' }
            : member,
        )
      }
      names.push(name)
    }
    const dynamic = depth === 0 && chance(0.25)
    const repeats = form === 'sequence' && !dynamic && chance(depth === 0 ? 0.5 : 0.3)
    if (!repeats) counted.add(id)
    const needs = needsOf(upstream)
    return group(id, dynamic ? 'matrix' : form, dynamic ? [] : inside, {
      needs,
      continueOnError: chance(0.1),
      failFast: chance(0.3),
      ...(chance(0.3) && { maxParallel: 1 + upTo(3) }),
      ...(budgets && chance(0.4) && { budget: budget(pick([200, 1000])) }),
      ...(chance(0.15) && conditionOf(pick(conditions), { needs })),
      ...((form === 'matrix' || dynamic) &&
        (!dynamic && chance(0.4) ? { variant: variantOf() } : chance(0.4) && { maxInstances: 1 + upTo(2) })),
      ...(repeats && { repeat: repeatOf() }),
      ...(dynamic && {
        expansion: {
          matrix: { v: pick([['a', 'b', 'c'], [1, 2], [], 'no list']) },
          template: templateOf(`${id}.*`, id),
        },
      }),
    })
  }

  const variantOf = (): VariantRule =>
    pick([
      { by: 'all' },
      { by: 'commit' },
      { by: 'commit', weights: { s0: 1 + upTo(3), s2: 2 } },
      { by: 'label' },
      { by: 'label', labels: { [`s${upTo(3)}`]: 'chosen' } },
    ])

  const repeatOf = (): Repeat => ({
    until: pick(untils),
    max: 1 + upTo(3),
    onExhausted: pick(['failure', 'failure', 'success']),
  })

  const templateOf = (id: string, parent: string): Instance[] => {
    const gate = { from: `${parent}..open`, when: 'success', delayMs: 0, plain: false } as const
    if (chance(0.6)) {
      const cell = processOf(id, [])
      return [{ ...cell, parent, needs: [gate] }]
    }
    const members = [processOf(`${id}.s0`, []), processOf(`${id}.s1`, [`${id}.s0`])]
    const cell = group(id, 'sequence', members, chance(0.4) ? { repeat: repeatOf() } : {})
    return cell.map((node) =>
      node.id === `${id}..open` ? { ...node, parent, needs: [gate] } : node.id === id ? { ...node, parent } : node,
    )
  }

  const instances: Instance[] = []
  const ids: string[] = []
  for (let index = 0; index < 2 + upTo(14); index++) {
    const id = `i${index}`
    if (chance(0.2)) instances.push(...groupOf(id, ids, 0))
    else instances.push(processOf(id, ids))
    ids.push(id)
  }
  const named = ids.filter(() => chance(2.5 / ids.length))
  const made: Plan = plan(instances.map(withNames), {
    ...(budgets &&
      chance(0.8) && {
        budget: { ...budget(pick([200, 1000, 4000])), ...(seed % 3 === 0 && { per: pick(['day', 'week'] as const) }) },
      }),
    ...(budgets && chance(0.5) && { reserve: Object.fromEntries(named.map((id) => [id, amount(1 + upTo(8000))])) }),
    ...(chance(0.05) && { timeoutMs: 100 + upTo(600) }),
  })
  const total = chance(0.5) ? 1 + upTo(6) : Number.POSITIVE_INFINITY
  return {
    plan: made,
    behave: denying ? randomBehaviour(seed, 0.9, denials) : randomBehaviour(seed, pick([0.1, 0.35, 0.7]), failures),
    engine: { random: seeded(seed + 1), maxParallel: { total, agents: 1 + upTo(4), commands: 1 + upTo(3) } },
    script: randomScript(random, ids),
    context: { github: { sha: `commit ${seed}`, event: { issue: { labels: [{ name: 'Chosen' }] } } } },
    ...(chance(0.06) && { only: [pick(ids)] }),
    maxEvents: 10_000,
  }
}

/** The same run gone on with by a later process, to which other things happen from outside. */
export function randomResume(options: SimulationOptions, seed: number): SimulationOptions {
  const ids = options.plan.instances.flatMap(({ id }) => (id.includes('.') ? [] : [id]))
  return { ...options, script: randomScript(seeded(seed), ids) }
}

function randomScript(random: () => number, ids: readonly string[]): Happening[] {
  const { chance, upTo, pick } = dice(random)
  const script: Happening[] = []
  if (chance(0.2)) {
    const id = chance(0.3) ? null : pick(ids)
    const at = upTo(200)
    script.push({ at, event: { type: 'run.paused', id } }, { at: at + upTo(200), event: { type: 'run.unpaused', id } })
  }
  if (chance(0.15)) script.push({ at: upTo(300), event: { type: 'instance.cancelled', id: pick(ids), by: 'someone' } })
  if (chance(0.2)) {
    const at = upTo(500)
    const limits = chance(0.5) ? { cleanupMs: upTo(200), killMs: 1 + upTo(100) } : {}
    script.push({ at, event: { type: 'run.interrupted', cause: 'cancelled', by: 'SIGINT', ...limits } })
    const how = pick([{}, { how: 'stop' }, { how: 'kill' }] as const)
    if (chance(0.4))
      script.push({ at: at + upTo(300), event: { type: 'run.interrupted', cause: 'cancelled', by: 'SIGTERM', ...how } })
  }
  if (chance(0.2)) script.push({ at: upTo(300), kill: pick(ids) })
  if (chance(0.05)) script.push({ at: upTo(300), kill: null })
  for (let times = chance(0.3) ? 1 + upTo(3) : 0; times > 0; times--)
    script.push({ at: upTo(300), event: { type: 'budget.carried', earlier: spentElsewhere({ chance, upTo, pick }) } })
  return script
}

/** What other runs have spent of a budget of a day: now and then less than a moment ago, where a day has begun. */
function spentElsewhere({ chance, upTo }: Dice): EarlierSpending {
  const tokens = upTo(12_000) - (chance(0.2) ? 6000 : 0)
  return {
    since: 0,
    runs: 1 + upTo(3),
    tokens,
    costUsd: dollars(tokens),
    atLeast: { tokens: chance(0.1), costUsd: chance(0.2) },
    ...(chance(0.1) && { unknown: 'the history is damaged' }),
  }
}

/** What an attempt does depends on the seed, its id and its number alone; when a quota is reset, on the time as well. */
function randomBehaviour(
  seed: number,
  failing: number,
  kinds: typeof failures,
): NonNullable<SimulationOptions['behave']> {
  return (task, at) => {
    let hash = seed + task.attempt * 7919
    for (const character of task.id) hash = Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)
    const random = seeded(hash)
    const { chance, upTo, pick } = dice(random)
    const isAgent = task.action.kind === 'prompt'
    const durationMs = 1 + upTo(150)
    const failure = chance(failing) ? pick(kinds(upTo, at)) : null
    const tokens = upTo(6000)
    const costUsd = chance(0.8) ? dollars(tokens) : null
    const final = chance(0.1) ? unknownAccounting : spent(tokens, costUsd)
    return {
      durationMs,
      failure,
      accounting: isAgent && failure?.kind !== 'spawn' ? final : freeAccounting,
      ...(isAgent &&
        chance(0.6) && {
          progress: [spent(Math.floor(tokens / 3), null), spent(Math.floor(tokens / 2), dollars(1500))],
        }),
      stopMs: upTo(20),
      ignoresStop: chance(0.1),
      neverStarts: failure?.kind === 'spawn',
      restored: chance(0.08),
    }
  }
}

/** What expressions of an instance call its upstreams, as the compiler has it: in another round these are others. */
function withNames(instance: Instance): Instance {
  const read = instance.needs.flatMap(({ from, when }) => (typeof when === 'string' ? [] : [[from, from] as const]))
  return read.length === 0 ? instance : { ...instance, names: Object.fromEntries(read) }
}

function denials(upTo: Dice['upTo'], at: number): readonly Failure[] {
  return [
    { kind: 'quota', detail: 'used up', resetAt: at + upTo(300) },
    { kind: 'quota', detail: 'used up', resetAt: at + 150 + upTo(100) },
    { kind: 'quota', detail: 'used up' },
    { kind: 'auth', detail: 'who are you' },
    { kind: 'overloaded', detail: '529' },
  ]
}

function failures(upTo: Dice['upTo'], at: number): readonly Failure[] {
  return [
    ...denials(upTo, at),
    { kind: 'exit', code: 1 + upTo(3) },
    { kind: 'exit', code: 1 },
    { kind: 'signal', signal: 'SIGSEGV' },
    { kind: 'spawn', code: upTo(2) === 0 ? 'ENOENT' : 'EAGAIN', detail: 'no' },
    { kind: 'timeout', limit: 'wall', afterMs: 100 },
    { kind: 'rate-limit', detail: '429', retryAfterMs: upTo(60) },
    { kind: 'rate-limit', detail: '429' },
    { kind: 'no-output', detail: 'nothing' },
    { kind: 'invalid-output', detail: 'not it' },
    { kind: 'crash', detail: 'boom', beforeOutput: upTo(2) === 0 },
    { kind: 'denied', detail: '3 denials' },
    { kind: 'budget', detail: 'its own limit' },
    { kind: 'limit', limit: 'memory', detail: 'too much' },
  ]
}
