import type { Edge, EdgeCondition, Instance, When } from './instance.ts'
import type { StatusFunction } from './status-functions.ts'
import type { Reason, Result } from './outcome.ts'

/** How an upstream ended, before and after `continue-on-error`. */
export interface Ended {
  readonly result: Result | undefined
  readonly outcome: Result | undefined
}

/** Whether an edge with a plain word is taken after its upstream has ended. `success` looks behind `continue-on-error`. */
export function isTaken(when: Exclude<When, EdgeCondition>, upstream: Ended | undefined): boolean {
  switch (when) {
    case 'success':
      return upstream?.result === 'success'
    case 'failure':
    case 'skipped':
      return upstream?.outcome === when
    case 'completed':
      return upstream?.outcome === 'success' || upstream?.outcome === 'failure'
    case 'always':
      return true
  }
}

/** Whether an edge is taken whatever it asks for: it is `optional`, and no run counts for the link that it comes from. */
export function isWaived(optional: Edge['optional'], upstream: { readonly reason: Reason } | undefined): boolean {
  return optional === true && upstream?.reason === 'no-run'
}

/** Whether an edge only says what comes first: a plain one, where the `if` of its target asks for a status itself. */
export function onlyOrders(edge: Edge, { ifCalls = [] }: Pick<Instance, 'ifCalls'>): boolean {
  return edge.plain && ifCalls.length > 0
}

/**
 * Whether an instance is there to clean up: its `if` or an edge says `always()` or `cancelled()`, or an edge `when: always`. It runs although the
 * run has been interrupted.
 */
export function cleansUp({ ifCalls = [], needs }: Pick<Instance, 'ifCalls' | 'needs'>): boolean {
  return (
    asksAnyway(ifCalls) ||
    needs.some(({ when }) => (typeof when === 'string' ? when === 'always' : asksAnyway(when.calls)))
  )
}

function asksAnyway(calls: readonly StatusFunction[]): boolean {
  return calls.includes('always') || calls.includes('cancelled')
}

/** Whether an edge asks for anything but the success of its upstream. */
export function isConditional({ when, atLeast }: Edge): boolean {
  return when !== 'success' || atLeast !== undefined
}
