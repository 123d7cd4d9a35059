import type { AttemptEnded, AttemptStarted, EffectStarted, InstanceEnded, RunEvent } from '../core/event.ts'
import { getOrAdd } from '../core/get-or-add.ts'
import { unknownAccounting, type Accounting } from '../core/usage.ts'
import { lostEnd } from './lost-end.ts'

/** An event and its time, epoch milliseconds; its place in the journal is its place in the list. */
export interface TimedEvent {
  readonly event: RunEvent
  readonly at: number
}

/** What can be relied on of the events that a damaged journal still has. */
export interface MendedEvents {
  readonly events: readonly TimedEvent[]
  /** Instances that had succeeded and run again, and why. */
  readonly again: ReadonlyMap<string, string>
  /** All whose ends mean nothing, groups and their gates too, and why. */
  readonly doubts: ReadonlyMap<string, string>
}

/** What is known of one node while the events are walked through. */
export interface KnownNode {
  open: AttemptStarted | undefined
  accounting: Accounting
  effect: EffectStarted | undefined
  /** The attempt whose end is that of an earlier run: it had no process. */
  restored: number | undefined
  last: AttemptEnded | undefined
  ended: InstanceEnded | undefined
  /** Why its end means nothing. */
  doubt: string | undefined
  /** A resumed run may begin it again although it has ended. */
  reopened: boolean
  /** A run was resumed since it ended, and that begins it again: its end is to come. */
  openAgain: boolean
  /** It only began, or opened, after an interruption: a resumed run may begin it again although it succeeded. */
  afterInterrupt: boolean
  /** The first and the newest event about it. */
  first: RunEvent | undefined
  newest: RunEvent | undefined
}

/** Why the end of an instance is not to be relied on. */
export const endDamaged = 'the end of an attempt was in a damaged line of the journal'

/** Why it was opened again, as far as is known. */
export const lostCause = 'it was started again because of a damaged line in the journal'

/** How what cannot be relied on ended: a resumed run begins it again. */
export const stopped = { result: 'cancelled', outcome: 'cancelled', reason: 'cancelled' } as const

/** What is known of a node, from nothing on. */
export function knownOf(known: Map<string, KnownNode>, id: string): KnownNode {
  return getOrAdd(known, id, () => ({
    open: undefined,
    restored: undefined,
    accounting: unknownAccounting,
    effect: undefined,
    last: undefined,
    ended: undefined,
    doubt: undefined,
    reopened: false,
    openAgain: false,
    afterInterrupt: false,
    first: undefined,
    newest: undefined,
  }))
}

/** Takes an event into a list, with its time. */
export type Add = (event: RunEvent, at: number) => void

/** Puts the end of an attempt where another event says that it had ended. */
export function closeAttempt(node: KnownNode, at: number, add: Add): void {
  const { open, accounting } = node
  if (open === undefined) return
  const { id, attempt, runtime, model } = open
  node.last = lostEnd({ id, attempt, durationMs: 0, runtime, model, accounting }, endDamaged)
  node.open = undefined
  add(node.last, at)
}

/** Whether it, or a program of it, was started. */
export function hasBegun({ last, open }: KnownNode): boolean {
  return last !== undefined || open !== undefined
}
