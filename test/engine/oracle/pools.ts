import { prefixOf } from './apply.ts'
import { chainOf, processOf, providerOf, running, runtimeOf, type Seen, type World } from './world.ts'

const pools = ['agents', 'commands'] as const

/** What keeps an instance from having a process beside those that run, as far as places go. */
export function placeTaken(world: World, one: Seen): string | undefined {
  const { limits, now } = world
  const others = running(world).filter((other) => other !== one)
  const { pool, concurrency } = processOf(one)
  const provider = providerOf(world, runtimeOf(one))
  if (others.length >= limits.total) return 'the run has no place'
  if (others.filter((other) => processOf(other).pool === pool).length >= limits[pool]) return `no place in ${pool}`
  if (concurrency !== undefined && others.some((other) => processOf(other).concurrency?.group === concurrency.group))
    return 'its mutex is taken'
  const full = fullGroup(world, one)
  if (full !== undefined) return `max-parallel of ${full} is reached`
  if (provider.until > now) return 'its provider is cooling down'
  if (waitsForLeader(world, one)) return 'another one leads its prefix'
  return others.filter((other) => runtimeOf(other) === runtimeOf(one)).length >= provider.limit
    ? 'its provider is busy'
    : undefined
}

/** Whether another one with the same prefix has not answered yet, and is to be waited for. */
export function waitsForLeader(world: World, one: Seen): boolean {
  const shared = prefixOf(world, one)
  return shared?.leader !== undefined && shared.leader !== one.instance.id && world.now < shared.patientUntil
}

/** The limits that more run beside an instance than may; it has just been started. */
export function* brokenLimits(world: World, one: Seen): Generator<string> {
  const { limits, now } = world
  const all = running(world)
  const { concurrency } = processOf(one)
  if (all.length > limits.total) yield 'beyond the total limit'
  for (const pool of pools)
    if (all.filter((other) => processOf(other).pool === pool).length > limits[pool]) yield `beyond the limit of ${pool}`
  const sharing = all.filter((other) => processOf(other).concurrency?.group === concurrency?.group)
  if (concurrency !== undefined && sharing.length > 1) yield 'with its mutex taken'
  for (const { instance } of chainOf(world, one.instance.id))
    if (instance.kind === 'group' && activeMembers(world, instance.id).size > (instance.maxParallel ?? Infinity))
      yield `beyond max-parallel of ${instance.id}`
  const provider = providerOf(world, runtimeOf(one))
  if (provider.open) yield 'with the circuit open'
  if (provider.until > now) yield 'during a cool-down'
  if (all.filter((other) => runtimeOf(other) === runtimeOf(one)).length > provider.limit + provider.successes)
    yield 'beyond the limit of its provider'
}

/** The first group around an instance that runs as many members as it may, and not the one this is in. */
function fullGroup(world: World, one: Seen): string | undefined {
  const chain = chainOf(world, one.instance.id)
  for (const [index, { instance }] of chain.entries()) {
    const member = chain[index - 1]
    if (member === undefined || instance.kind !== 'group' || instance.maxParallel === undefined) continue
    const active = activeMembers(world, instance.id)
    if (!active.has(member.instance.id) && active.size >= instance.maxParallel) return instance.id
  }
  return undefined
}

/** Direct members of a group in which something runs. */
function activeMembers(world: World, groupId: string): Set<string> {
  const active = new Set<string>()
  for (const one of running(world)) {
    const chain = chainOf(world, one.instance.id).map(({ instance }) => instance.id)
    const at = chain.indexOf(groupId)
    const member = chain[at - 1]
    if (at > 0 && member !== undefined) active.add(member)
  }
  return active
}
