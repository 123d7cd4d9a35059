import { getOrAdd } from '../core/get-or-add.ts'
import { pushHeap } from '../core/heap.ts'
import { createLines, type Node, type Prefix } from './node.ts'
import type { Progress } from './progress.ts'

/** How long providers keep a prefix that nobody reads: https://docs.claude.com/en/docs/build-with-claude/prompt-caching */
const keptMs = 300_000

/** So long the others wait for the first answer of the one that leads. */
const patienceMs = 30_000

/** The name of what a node's next attempt shares with others; nothing where it falls back to another runtime or model. */
export function prefixNameOf({ definition, fallback }: Node): string | undefined {
  return fallback < 0 ? definition?.prefix : undefined
}

/** What a node's next attempt shares with others. */
export function prefixOf(progress: Progress, node: Node): Prefix | undefined {
  const name = prefixNameOf(node)
  if (name === undefined) return undefined
  return getOrAdd(progress.prefixes, name, () => ({
    kind: 'prefix',
    parked: createLines(),
    leader: undefined,
    warmUntil: Number.NEGATIVE_INFINITY,
  }))
}

/** Whether another one leads, and may still be waited for. */
export function isLed({ leader }: Prefix, now: number): boolean {
  return leader !== undefined && now < leader.patientUntil
}

/** A node starts: the first with its prefix leads, those after its first answer read what it left at the provider. */
export function joinPrefix(progress: Progress, node: Node, at: number): boolean {
  const prefix = prefixOf(progress, node)
  if (prefix === undefined || prefix.leader !== undefined) return prefix?.leader?.node === node
  if (at < prefix.warmUntil) {
    prefix.warmUntil = at + keptMs
    return false
  }
  prefix.leader = { node, patientUntil: at + patienceMs }
  pushHeap(progress.timers, { at: prefix.leader.patientUntil, target: prefix })
  return true
}

/** The one that leads has answered, or has ended: the others go on, or one of them leads. */
export function leavePrefix(progress: Progress, node: Node, at: number, hasAnswered: boolean): void {
  const prefix = prefixOf(progress, node)
  if (prefix?.leader?.node !== node) return
  prefix.leader = undefined
  if (hasAnswered) prefix.warmUntil = at + keptMs
  progress.work.freed.add(prefix)
}
