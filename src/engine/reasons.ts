import { detailOf, reasonOf, type Failure } from '../core/failure.ts'
import type { When } from '../core/instance.ts'
import type { Result } from '../core/outcome.ts'
import { fittingEnds } from './edges.ts'
import { endOf, type Link, type Node } from './node.ts'
import type { Progress } from './progress.ts'

const past: Record<Result, string> = {
  success: 'succeeded',
  failure: 'failed',
  cancelled: 'was cancelled',
  skipped: 'was skipped',
}

const notEnded = { result: 'skipped', reason: '', detail: '' } as const

/** `edge from tests not taken (tests succeeded, edge wants failure)`. */
export function explainRefusal(link: Link): string {
  const { from } = link
  const id = from.instance.id
  if (from.instance.kind === 'gate') return explainClosedGate(from)
  if (link.error !== '') return `edge from ${id} not taken (${link.error})`
  const { atLeast, when } = link.edge
  if (atLeast !== undefined)
    return `edge from ${id} not taken (${fittingEnds(link).length} of its members did, edge wants ${wanted(when)} of at least ${atLeast})`
  return `edge from ${id} not taken (${id} ${describeOutcome(from, link.edge.when)}, edge wants ${wanted(link.edge.when)})`
}

/** `no edge taken: edge from a not taken (…); edge from b not taken (…)`. */
export function explainNoneTaken(node: Node): string {
  const refused = node.incoming.filter((link) => !link.mandatory && link.state === 'refused')
  const { join } = node.instance
  const shown = refused.slice(0, 3).map(explainRefusal)
  if (refused.length > shown.length) shown.push(`${refused.length - shown.length} more`)
  const few = typeof join === 'object' ? `${join.atLeast} edges can no longer be taken` : 'no edge was taken'
  return `${few}: ${shown.join('; ')}`
}

/** Why the members of a group did not run. */
export function explainClosedGate(gate: Node): string {
  const group = gate.instance.kind === 'gate' ? gate.instance.group : gate.instance.id
  const { detail, result } = endOf(gate) ?? notEnded
  return `group ${group} ${past[result]}${detail === '' ? '' : `: ${detail}`}`
}

/** What made a group end as it did. */
export function explainMember(member: Node): string {
  const { reason, result } = endOf(member) ?? notEnded
  return `${member.instance.id} ${past[result]}${reason === '' ? '' : ` (${reason})`}`
}

/** `exit:1: tests failed`: the word and the sentence of a failure. */
export function explainFailure(failure: Failure): string {
  const detail = detailOf(failure)
  return detail === '' ? reasonOf(failure) : `${reasonOf(failure)}: ${detail}`
}

/** Why the whole run ends before it is done. */
export function explainInterruption({ interrupted, started }: Progress): string {
  if (interrupted?.cause !== 'run-timeout') return `interrupted by ${interrupted?.by ?? ''}`
  return `the run reached its time limit (limits.timeout-minutes: ${round((started?.plan.timeoutMs ?? 0) / 60_000)})`
}

const round = (number: number): number => Math.round(number * 1000) / 1000

/** A time as people and logs read it, UTC. */
export function formatTime(epochMs: number): string {
  return new Date(epochMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}

/** `3 instances`, `1 instance`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function describeOutcome(node: Node, when: When): string {
  const outcome = endOf(node)?.[when === 'success' ? 'result' : 'outcome'] ?? 'skipped'
  const why = node.group?.instance.link === undefined ? '' : (endOf(node)?.detail ?? '')
  return why === '' ? past[outcome] : `${past[outcome]}: ${why}`
}

function wanted(when: When): string {
  if (typeof when !== 'string') return when.expression
  return when === 'completed' ? 'success or failure' : when === 'always' ? 'any end' : when
}
