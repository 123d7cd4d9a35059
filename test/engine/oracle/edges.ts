import type { Edge, Instance } from '../../../src/core/instance.ts'
import { chainOf, inside, type Seen, type World } from './world.ts'

/** What the edges of an instance ask for: `docs/edges-and-conditions.md`, from the ends of its upstreams. */
export function verdict(world: World, instance: Instance): 'go' | 'skip' | 'wait' {
  const all = needsOf(world, instance).map((edge) => ({ edge, taken: isTaken(world, edge, instance) }))
  const gates = all.filter(({ edge }) => isMandatory(world, edge, instance))
  const own = all.filter(({ edge }) => !isMandatory(world, edge, instance))
  if (gates.some((gate) => gate.taken === false)) return 'skip'
  if (instance.join === 'all' && own.some((edge) => edge.taken === false)) return 'skip'
  if (instance.join === 'any' && own.length > 0 && own.every((edge) => edge.taken === false)) return 'skip'
  if (gates.some((gate) => gate.taken === undefined)) return 'wait'
  if (instance.join === 'all') return own.every((edge) => edge.taken) ? 'go' : 'wait'
  return own.length === 0 || own.some((edge) => edge.taken) ? 'go' : 'wait'
}

/** What its `if` comes to; one of `conditions`. */
export function condition(world: World, instance: Instance): boolean | 'error' {
  switch (instance.if) {
    case undefined:
    case 'always()':
    case 'true':
      return true
    case 'success()':
      return instance.needs.every((edge) => !edge.plain || world.seen.get(edge.from)?.ended?.result === 'success')
    case 'failure()':
      return ancestorFailed(world, instance)
    case '!failure()':
      return !ancestorFailed(world, instance)
    case 'false':
      return false
    default:
      return 'error'
  }
}

/** The earliest start by delays and `start-at`. */
export function readyAt(world: World, instance: Instance): number {
  const own = needsOf(world, instance)
    .filter((edge) => !isMandatory(world, edge, instance) && isTaken(world, edge, instance) === true)
    .map((edge) => (world.seen.get(edge.from)?.ended?.at ?? 0) + edge.delayMs)
  const edges = own.length === 0 ? 0 : instance.join === 'any' ? Math.min(...own) : Math.max(...own)
  const startAt = instance.kind === 'process' ? instance.startAt : undefined
  return Math.max(edges, startAt !== undefined && 'afterMs' in startAt ? world.startedAt + startAt.afterMs : 0)
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
export function findReopened(world: World): Set<Seen> {
  const kept = new Set(['budget', 'quota', 'auth', 'cancelled', 'timeout'])
  const found = new Set<Seen>()
  const isFound = (id: string): boolean => [...found].some((one) => one.instance.id === id)
  for (let before = -1; found.size > before;) {
    before = found.size
    for (const one of world.seen.values()) {
      const { ended, instance } = one
      if (ended === undefined) continue
      const failed = ended.result === 'failure' || ended.result === 'cancelled'
      const denied = ended.result === 'skipped' && kept.has(ended.reason)
      const stays = ended.result === 'success' && instance.kind !== 'group'
      const below = !stays && needsOf(world, instance).some(({ from }) => isFound(from))
      if (failed || denied || below) found.add(one)
    }
  }
  return found
}

/** Whether a group around it has failed and was forgiven by `continue-on-error`: then it matters to nobody outside what became of it. */
export function isForgiven(world: World, one: Seen): boolean {
  return chainOf(world, one.instance.id).some((at) => at !== one && hasForgiven(at))
}

function hasForgiven({ instance, ended }: Seen): boolean {
  return instance.kind === 'group' && ended?.result === 'success' && ended.outcome === 'failure'
}

/** Whether the first failure in a fail-fast group around it has happened. */
export function isFailedFast(world: World, one: Seen): boolean {
  return chainOf(world, one.instance.id).some(
    ({ instance }) =>
      instance.kind === 'group' &&
      instance.failFast &&
      needsOf(world, instance).some(({ from }) => {
        const member = world.seen.get(from)
        return member?.instance.kind !== 'gate' && member?.ended?.result === 'failure'
      }),
  )
}

/** Undefined while the upstream has not ended. */
function isTaken({ seen }: World, edge: Edge, target: Instance): boolean | undefined {
  const end = seen.get(edge.from)?.ended
  if (end === undefined) return undefined
  if (edge.plain && target.if !== undefined && /\(\)/.test(target.if)) return true
  const { when } = edge
  if (typeof when === 'string')
    return {
      success: end.result === 'success',
      failure: end.outcome === 'failure',
      completed: end.outcome === 'failure' || end.outcome === 'success',
      skipped: end.outcome === 'skipped',
      always: true,
    }[when]
  const { expression } = when
  if (expression.startsWith('fromJSON')) return false
  if (expression === 'failure()') return end.outcome === 'failure'
  if (expression === 'always()') return true
  if (expression.startsWith('always() &&')) return end.outcome === 'failure'
  if (expression.includes('.result')) return end.result === 'success'
  return end.result === 'success' && end.outcome === 'failure'
}

function isMandatory({ seen }: World, edge: Edge, target: Instance): boolean {
  return seen.get(edge.from)?.instance.kind === 'gate' && target.kind !== 'group'
}

function ancestorFailed(
  world: World,
  instance: Instance,
  before = Infinity,
  done = new Set<string>(),
  forgiven: ReadonlySet<Seen> = new Set(),
): boolean {
  return needsOf(world, instance).some(({ from }) => {
    const upstream = world.seen.get(from)
    if (upstream?.ended === undefined || upstream.ended.seq > before || done.has(from)) return false
    done.add(from)
    if (upstream.ended.result === 'failure' && !forgiven.has(upstream)) return true
    const within = hasForgiven(upstream) ? new Set([...forgiven, ...inside(world, from)]) : forgiven
    return ancestorFailed(world, upstream.instance, upstream.ended.seq, done, within)
  })
}
