import { createHash } from 'node:crypto'
import { unchanged } from '../random-plan.ts'
import type { InstanceEnded } from '../../../src/core/event.ts'
import type { Edge, GroupInstance, Instance, VariantRule } from '../../../src/core/instance.ts'
import { isSuperseded, membersOf } from './rounds.ts'
import { chainOf, inside, type Seen, type World } from './world.ts'

/** What the edges of an instance ask for: `docs/edges-and-conditions.md`, from the ends of its upstreams. */
export function verdict(world: World, instance: Instance): 'go' | 'skip' | 'wait' {
  const all = needsOf(world, instance).map((edge) => ({ edge, taken: isTaken(world, edge, instance) }))
  const gates = all.filter(({ edge }) => isMandatory(world, edge, instance))
  const own = all.filter(({ edge }) => !isMandatory(world, edge, instance))
  if (gates.some((gate) => gate.taken === false)) return 'skip'
  if (instance.join === 'all' && own.some((edge) => edge.taken === false)) return 'skip'
  const possible = own.filter((edge) => edge.taken !== false).length
  if (instance.join !== 'all' && own.length > 0 && possible < wantedOf(instance)) return 'skip'
  if (gates.some((gate) => gate.taken === undefined)) return 'wait'
  if (instance.join === 'all') return own.every((edge) => edge.taken) ? 'go' : 'wait'
  return own.length === 0 || own.filter((edge) => edge.taken).length >= wantedOf(instance) ? 'go' : 'wait'
}

/** How many edges are enough. */
function wantedOf({ join }: Instance): number {
  return typeof join === 'object' ? join.atLeast : 1
}

/**
 * Whether as many as somebody needs have ended, and it is one of the others, which are to be cancelled then; with `orBeyondReach` also one that is waited for
 * by an edge which cannot be taken any more: that may be cancelled.
 */
export function isUnneeded(world: World, one: Seen, orBeyondReach = false): boolean {
  const chain = chainOf(world, one.instance.id)
  return [...world.seen.values()].some(({ instance }) => {
    if (instance.kind === 'group') return false
    const { join } = instance
    const taken = (edge: Edge): boolean =>
      isTaken(world, edge, instance) === true && !isMandatory(world, edge, instance)
    const isReached = typeof join === 'object' && join.cancelRest && instance.needs.filter(taken).length >= join.atLeast
    return instance.needs.some((edge) => {
      if (isMandatory(world, edge, instance)) return false
      const at = chain.find((each) => each.instance.id === edge.from)
      if (at === undefined || at.ended !== undefined) return false
      if (edge.cancelRest === true && taken(edge)) return true
      const isOpen = isTaken(world, edge, instance)
      return isReached && (isOpen === undefined || (!isOpen && orBeyondReach))
    })
  })
}

/** Why a cell, or the gate of one, does not run though its matrix does: it is beyond the first that may, or another variant was chosen. */
export function leftOut(world: World, instance: Instance): 'max-instances' | 'variant' | undefined {
  const id = instance.kind === 'gate' ? instance.group : instance.id
  const matrix = world.seen.get(world.seen.get(id)?.instance.parent ?? '')?.instance
  if (matrix?.kind !== 'group') return undefined
  const members = membersOf(world, matrix.id)
  const index = members.findIndex((member) => member.instance.id === id)
  if (index >= (matrix.maxInstances ?? Infinity)) return 'max-instances'
  if (matrix.variant === undefined || matrix.variant.by === 'all') return undefined
  return index === chosenIndex(world, matrix, matrix.variant) ? undefined : 'variant'
}

/** As `docs/orchestration-file.md` has it, "Variants": in whole numbers. */
function chosenIndex(world: World, { id, members }: GroupInstance, { by, weights, labels }: VariantRule): number {
  const names = members.map((member) => member.slice(member.lastIndexOf('.') + 1))
  if (by === 'label') {
    const labelled = names.findIndex((name) => labels?.[name] === 'chosen')
    return Math.max(0, labelled)
  }
  const hash = createHash('sha256')
    .update(`${world.sha} ${id.replace(/#\d+/g, '')}`)
    .digest('hex')
  const shares = names.map((name) => BigInt(weights?.[name] ?? 1))
  const all = shares.reduce((sum, share) => sum + share, 0n)
  const at = (BigInt(`0x${hash.slice(0, 12)}`) * all) >> 48n
  return names.findIndex((_, index) => shares.slice(0, index + 1).reduce((sum, share) => sum + share, 0n) > at)
}

/** What its `if` comes to; one of `conditions`. */
export function condition(world: World, instance: Instance): boolean | 'error' {
  const { ending } = world
  if (instance.paths?.filters[0] === unchanged.filters[0]) return false
  switch (instance.if) {
    case undefined:
    case 'always()':
    case 'true':
      return true
    case 'cancelled()':
      return ending > 0 || anyBefore(world, instance, 'cancelled')
    case '!cancelled()':
      return ending === 0 && !anyBefore(world, instance, 'cancelled')
    case 'success()':
      if (ending > 0) return false
      return instance.needs.every((edge) => !edge.plain || world.seen.get(edge.from)?.ended?.result === 'success')
    case 'failure()':
      return ending === 0 && anyBefore(world, instance, 'failure')
    case '!failure()':
      return ending > 0 || !anyBefore(world, instance, 'failure')
    case 'false':
      return false
    default:
      return 'error'
  }
}

/** The earliest start by delays and `start-at`; what cleans up after an interruption waits for neither. */
export function readyAt(world: World, instance: Instance): number {
  if (world.ending > 0) return 0
  const own = needsOf(world, instance)
    .filter((edge) => !isMandatory(world, edge, instance) && isTaken(world, edge, instance) === true)
    .map((edge) => takenAt(world, edge) + edge.delayMs)
    .toSorted((a, b) => a - b)
  const edges = (instance.join === 'all' ? own.at(-1) : own[wantedOf(instance) - 1]) ?? 0
  const startAt = instance.kind === 'process' ? instance.startAt : undefined
  return Math.max(edges, startAt !== undefined && 'afterMs' in startAt ? world.startedAt + startAt.afterMs : 0)
}

/** When an edge was taken: at the end of its upstream, or of the last member that it has waited for. */
function takenAt(world: World, { from, when, atLeast }: Edge): number {
  if (atLeast === undefined) return world.seen.get(from)?.ended?.at ?? 0
  const ends = membersOf(world, from).flatMap(({ ended }) =>
    ended !== undefined && counts(ended, when) ? [ended.at] : [],
  )
  return ends.toSorted((a, b) => a - b)[atLeast - 1] ?? 0
}

/** The edges of a node; a group ends after its gate and all that is directly in it. */
export function needsOf({ seen }: World, instance: Instance): readonly Edge[] {
  if (instance.kind !== 'group') return instance.needs
  const from = new Set([instance.gate])
  for (const { instance: other } of seen.values())
    if (other.parent === instance.id && other.kind !== 'gate') from.add(other.id)
  return [...from].map((id) => ({ from: id, when: 'always', delayMs: 0, plain: false }))
}

/** What `--only` asks for, with all that it needs. */
export function selectionOf(world: World): ReadonlySet<string> {
  const { seen, only } = world
  if (only === null) return new Set(seen.keys())
  const selected = new Set<string>()
  const select = (one: Seen | undefined): void => {
    if (one === undefined || selected.has(one.instance.id)) return
    selected.add(one.instance.id)
    for (const { from } of one.instance.needs) select(seen.get(from))
    if (one.instance.kind === 'group') for (const member of inside(world, one.instance.id)) select(member)
  }
  for (const id of only) select(seen.get(id))
  return selected
}

/** What a resume opens again: what failed, was cancelled or kept from running, and what was skipped, or folded, for its sake. */
export function findReopened(world: World, only?: readonly string[]): Set<Seen> {
  const kept = new Set(['budget', 'quota', 'auth', 'cancelled', 'timeout'])
  const found = new Set<Seen>()
  const isFound = (id: string): boolean => [...found].some((one) => one.instance.id === id)
  for (let before = -1; found.size > before;) {
    before = found.size
    for (const one of world.seen.values()) {
      const { ended, instance } = one
      if (ended === undefined || isSuperseded(world, instance.id)) continue
      if (chainOf(world, instance.id).some((at) => at.ended?.reason === 'not-needed')) continue
      const failed = ended.result === 'failure' || ended.result === 'cancelled'
      const denied = ended.result === 'skipped' && kept.has(ended.reason)
      const stays = ended.result === 'success' && instance.kind !== 'group' && !one.afterInterrupt
      const below = !stays && needsOf(world, instance).some(({ from }) => isFound(from))
      if (((failed || denied) && (only?.includes(instance.id) ?? true)) || below) found.add(one)
    }
  }
  return found
}

/** Whether a group around it has failed and was forgiven, or has had a later round: then it matters to nobody outside what became of it. */
export function isForgiven(world: World, one: Seen): boolean {
  return (
    isSuperseded(world, one.instance.id) || chainOf(world, one.instance.id).some((at) => at !== one && hasForgiven(at))
  )
}

function hasForgiven({ instance, ended }: Seen): boolean {
  return instance.kind === 'group' && ended?.result === 'success' && ended.outcome === 'failure'
}

/** Whether an interruption, a cancellation or its group that failed fast keeps it from running on, or at all. */
export function isOver(world: World, one: Seen): boolean {
  return isInterrupted(world, one) || one.cancelled || isFailedFast(world, one) || isUnneeded(world, one)
}

/** Whether the run was interrupted, and it is not there to clean up, or what is has been stopped too. */
export function isInterrupted(world: World, one: Seen): boolean {
  return world.ending > 1 || (world.ending === 1 && !entrancesOf(world, one).some((at) => runsAnyway(world, at)))
}

/** The node itself and the gates of the groups around it. */
function entrancesOf({ seen }: World, one: Seen): Seen[] {
  const found = [one]
  for (let group = groupOf(one.instance); ;) {
    const around = seen.get(group ?? '')?.instance
    if (around?.kind !== 'group') return found
    const gate = seen.get(around.gate)
    if (gate !== undefined && gate !== one) found.push(gate)
    group = around.parent
  }
}

function groupOf(instance: Instance): string | undefined {
  return instance.kind === 'gate' ? instance.group : instance.parent
}

/** By its own `if` and edges; of what has begun the condition holds now. */
function runsAnyway(world: World, one: Seen): boolean {
  const { instance } = one
  const asks = (text: string): boolean => text.includes('always()') || text.includes('cancelled()')
  const says =
    asks(instance.if ?? '') ||
    instance.needs.some(({ when }) => when === 'always' || (typeof when !== 'string' && asks(when.expression)))
  const begun = !one.fresh || one.running || one.ended !== undefined
  return says && (!begun || condition(world, instance) === true)
}

/** Whether the first failure in a fail-fast group around it has happened. */
export function isFailedFast(world: World, one: Seen): boolean {
  return chainOf(world, one.instance.id).some(
    ({ instance }) =>
      instance.kind === 'group' &&
      instance.failFast &&
      membersOf(world, instance.id).some(({ ended, stands }) => ended?.result === 'failure' && !stands),
  )
}

/** Undefined while the upstream has not ended. */
function isTaken(world: World, edge: Edge, target: Instance): boolean | undefined {
  const { seen } = world
  const end = seen.get(edge.from)?.ended
  if (edge.atLeast !== undefined) return hasQuorum(world, edge, edge.atLeast)
  if (end === undefined) return undefined
  if (edge.plain && target.if !== undefined && /\(\)/.test(target.if)) return true
  const { when } = edge
  if (typeof when === 'string') return fits(end, when)
  const { expression } = when
  if (expression.startsWith('fromJSON')) return false
  if (expression === 'failure()') return end.outcome === 'failure'
  if (expression === 'always()') return true
  if (expression.startsWith('always() &&')) return end.outcome === 'failure'
  if (expression.includes('.result')) return end.result === 'success'
  return end.result === 'success' && end.outcome === 'failure'
}

/** Whether so many members have an end like that; undefined while so many still can. */
function hasQuorum(world: World, { from, when }: Edge, atLeast: number): boolean | undefined {
  const group = world.seen.get(from)
  const members = membersOf(world, from)
  const fitting = members.filter(({ ended }) => ended !== undefined && counts(ended, when)).length
  if (fitting >= atLeast) return true
  if (group?.ended !== undefined) return false
  const gate = group?.instance.kind === 'group' ? world.seen.get(group.instance.gate) : undefined
  const open = members.filter(({ ended }) => ended === undefined).length
  const hasEnded = members.some(({ ended }) => ended !== undefined)
  return gate?.ended !== undefined && hasEnded && fitting + open < atLeast ? false : undefined
}

/** Nobody counts what was cancelled because there were enough. */
function counts(end: InstanceEnded, when: Edge['when']): boolean {
  return fits(end, when) && end.reason !== 'not-needed'
}

function fits(end: InstanceEnded, when: Edge['when']): boolean {
  if (typeof when !== 'string') return false
  return {
    success: end.result === 'success',
    failure: end.outcome === 'failure',
    completed: end.outcome === 'failure' || end.outcome === 'success',
    skipped: end.outcome === 'skipped',
    always: true,
  }[when]
}

function isMandatory({ seen }: World, edge: Edge, target: Instance): boolean {
  return seen.get(edge.from)?.instance.kind === 'gate' && target.kind !== 'group'
}

function anyBefore(
  world: World,
  instance: Instance,
  result: 'failure' | 'cancelled',
  before = Infinity,
  done = new Set<string>(),
  forgiven: ReadonlySet<Seen> = new Set(),
): boolean {
  return needsOf(world, instance).some(({ from }) => {
    const upstream = world.seen.get(from)
    if (upstream?.ended === undefined || upstream.ended.seq > before || done.has(from)) return false
    if (instance.kind === 'group' && isSuperseded(world, from)) return false
    done.add(from)
    const counts = upstream.ended.reason !== 'not-needed' && !forgiven.has(upstream)
    if (upstream.ended.result === result && counts) return true
    const within = hasForgiven(upstream) ? new Set([...forgiven, ...inside(world, from)]) : forgiven
    return anyBefore(world, upstream.instance, result, upstream.ended.seq, done, within)
  })
}
