import { getOrAdd } from '../core/get-or-add.ts'
import { reserveFor } from './budget.ts'
import { createLines, type Mutex, type Node, type Pool, type Provider } from './node.ts'
import type { Progress } from './progress.ts'

/** The pool a node's process counts in. */
export function poolOf(node: Node): Pool {
  return node.instance.kind === 'process' ? node.instance.pool : 'commands'
}

/** The provider of that name, known from now on. */
export function providerOf(progress: Progress, name: string): Provider {
  return getOrAdd(progress.providers, name, () => ({
    kind: 'provider',
    parked: createLines(),
    name,
    running: 0,
    limit: Number.POSITIVE_INFINITY,
    until: Number.NEGATIVE_INFINITY,
    open: undefined,
    why: '',
    refusals: 0,
    successes: 0,
    windowAt: Number.NEGATIVE_INFINITY,
    windowLimit: Number.POSITIVE_INFINITY,
    denials: 0,
    denied: undefined,
    resetAt: undefined,
    pending: undefined,
  }))
}

/** The provider that a node's next attempt asks: several runtimes may share the account that is throttled. */
export function chooseProvider(progress: Progress, { definition }: Node): Provider {
  const name = definition === undefined ? '' : (progress.options.provider?.(definition) ?? definition.runtime)
  return providerOf(progress, name)
}

/** The `concurrency` group of that name. */
export function mutexOf(progress: Progress, name: string): Mutex {
  return getOrAdd(progress.mutexes, name, () => ({ kind: 'mutex', parked: createLines(), name, holder: undefined }))
}

/** Takes a place for a process that starts: in its pool, at its provider, in the groups around it, in its mutex. */
export function occupy(progress: Progress, node: Node): void {
  if (node.occupied) return
  node.occupied = true
  progress.active.add(node)
  reserveFor(progress, node)
  progress.running.total++
  progress.running[poolOf(node)]++
  node.provider = chooseProvider(progress, node)
  node.provider.running++
  if (node.mutex !== undefined) node.mutex.holder = node
  for (let member = node; member.parent !== undefined; member = member.parent) {
    if (member.parent.slots === undefined) continue
    if (member.active++ === 0) member.parent.slots.running++
  }
}

/** Gives the place back, and notes what may now go on. */
export function vacate(progress: Progress, node: Node): void {
  if (!node.occupied) return
  node.occupied = false
  progress.active.delete(node)
  const { freed } = progress.work
  progress.running.total--
  progress.running[poolOf(node)]--
  if (node.provider !== undefined) {
    node.provider.running--
    freed.add(node.provider)
  }
  if (node.mutex?.holder === node) {
    node.mutex.holder = undefined
    freed.add(node.mutex)
  }
  for (let member = node; member.parent !== undefined; member = member.parent) {
    const { slots } = member.parent
    if (slots === undefined || --member.active > 0) continue
    slots.running--
    freed.add(slots)
  }
}
