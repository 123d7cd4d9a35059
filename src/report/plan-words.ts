import type { ChangedPaths } from '../core/changes.ts'
import type { Join, ProcessInstance, VariantRule, When } from '../core/instance.ts'
import type { LinkRule } from '../core/link.ts'
import type { VariantChoice } from '../core/variant.ts'
import { formatCount, formatDollars, formatDuration, formatPlural } from './quantities.ts'
import { plainLine } from '../core/plain-text.ts'
import { cutToWidth } from './text-width.ts'
import { describeStartAt, startTimeOf, type StartAt } from '../core/start-time.ts'
import type { AnalysisOptions, PlanEdge, PlanNode } from './plan-analysis.ts'
import type { WorstCase } from './worst-case.ts'

/** An edge's condition as the file spells it. */
export function shownWhen(when: When): string {
  return typeof when === 'string' ? when : `\${{ ${when.expression} }}`
}

/** What stands on an edge in a drawing: nothing where it asks for plain success. */
export function edgeCaption({ edge }: PlanEdge, columns: number): string {
  const condition =
    edge.when === 'success' ? '' : typeof edge.when === 'string' ? edge.when : `if ${plainLine(edge.when.expression)}`
  const members = edge.atLeast === undefined ? '' : `at least ${edge.atLeast}`
  const optional = edge.optional === true ? 'if there is one' : ''
  const delay = edge.delayMs > 0 ? `after ${formatDuration(edge.delayMs)}` : ''
  return cutToWidth([members, condition, optional, delay].filter((part) => part !== '').join(', '), columns)
}

/** What stands before a list of edges of which not all must be taken: `any of `, `2 of `. */
export function joinWords(join: Join): string {
  return typeof join === 'object' ? `${join.atLeast} of ` : join === 'any' ? 'any of ' : ''
}

/** What a view calls an instance: its label in one line of at most `columns`, its id where it has none. */
export function nameOf({ id, instance }: PlanNode, columns = 60): string {
  const label = plainLine(instance.label)
  return cutToWidth(label === '' ? id : label, columns)
}

/** Who does the work of an instance, and where if not on the machine itself: `claude · opus`, `shell in node:24`. */
export function workerOf({ process }: ProcessInstance): string {
  const who = process.agent === undefined ? process.runtime : `${process.agent} (${process.runtime})`
  const where =
    process.container !== undefined
      ? ` in ${plainLine(process.container.image)}`
      : process.sandbox !== undefined
        ? ' in a sandbox'
        : ''
  return `${process.model === undefined ? who : `${who} · ${plainLine(process.model)}`}${where}`
}

/** `one of 2 variants, by the commit: now opus`, `sequence of 3`, `sequence of 3, up to 5 rounds`, `matrix of 4`, `matrix, cells known at run time`, `matrix of the findings, at most 16`. */
export function groupNote({ instance, gate, children, choice }: PlanNode): string {
  if (instance.kind === 'process') return ''
  if (instance.link !== undefined) return linkWords(instance.link)
  const { maxInstances: most } = instance
  const candidates = gate?.expansion?.candidates
  if (candidates !== undefined) {
    const votes = candidates.votes === 1 ? '' : `, ${candidates.votes} votes each`
    return `matrix of the findings, at most ${candidates.max}${votes}`
  }
  if (instance.form === 'matrix' && children.some((child) => child.dynamic))
    return `matrix, cells known at run time${most === undefined ? '' : `, at most ${most} run`}`
  if (instance.variant !== undefined) return variantWords(instance.variant, children.length, choice)
  if (most !== undefined && most < children.length) return `matrix of ${children.length}, the first ${most} run`
  const { repeat } = instance
  const rounds = repeat === undefined ? '' : `, up to ${formatPlural(repeat.max, 'round')}`
  return `${instance.form} of ${children.length}${rounds}`
}

/** `newest run of nightly.yml on main, at most 24h old`. */
function linkWords({ run, branch, maxAgeMs }: LinkRule): string {
  const on = branch === undefined ? '' : ` on ${plainLine(branch)}`
  const age = maxAgeMs === undefined ? '' : `, at most ${formatDuration(maxAgeMs)} old`
  return `newest run of ${plainLine(run)}${on}${age}`
}

/** `one of 2 variants, by the commit: now opus`. */
function variantWords({ by }: VariantRule, count: number, choice: VariantChoice | undefined): string {
  if (by === 'all') return `all of ${count} variants`
  const now = choice === undefined ? '' : `: now ${choice.names.join(', ')}`
  return `one of ${count} variants, by the ${by}${now}`
}

/** `up to 12,000 tokens and $3.00, and what is in flight when that is spent`, or what keeps that from being said. */
export function worstCaseWords({ tokens, costUsd, unbounded, unpriced, agentAttempts }: WorstCase): string {
  if (agentAttempts === 0) return 'no agents, so no tokens'
  const parts = [
    tokens === null ? '' : `${formatCount(tokens)} tokens`,
    costUsd === null ? '' : formatDollars(costUsd),
  ].filter((part) => part !== '')
  const dollars =
    costUsd === null && unpriced.length > 0
      ? `unknown in dollars: no price is known of what ${namesOf(unpriced)} ${unpriced.length === 1 ? 'asks' : 'ask'}`
      : ''
  if (parts.length > 0) {
    const known = `up to ${parts.join(' and ')}, and what is in flight when that is spent`
    return dollars === '' ? known : `${known}; ${dollars}`
  }
  if (dollars !== '') return dollars
  return unbounded.length === 0 ? 'not limited' : `not limited: no budget holds ${namesOf(unbounded)}`
}

function namesOf(ids: readonly string[]): string {
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : ''
  return `${ids.slice(0, 5).map(plainLine).join(', ')}${more}`
}

/** `not before 22:00 (Europe/Berlin): in 3h 12m, if it ran now`; without a clock, what the file says. */
export function startWords(startAt: StartAt, clock: AnalysisOptions['clock']): string {
  const words = `not before ${describeStartAt(startAt, clock?.timeZone ?? "the machine's time zone", formatDuration)}`
  if (clock === undefined || 'afterMs' in startAt) return words
  const waitMs = startTimeOf(startAt, clock.now, clock.timeZone) - clock.now
  return `${words}: ${waitMs <= 0 ? 'at once' : `in ${formatDuration(waitMs)}`} if run now`
}

/** `when src/** changed`: what of the changes an instance is for; empty when it does not ask. */
export function pathWords(paths: ChangedPaths | undefined): string {
  if (paths === undefined) return ''
  const filters = paths.filters.map(plainLine).join(', ')
  return paths.key === 'paths' ? `when ${filters} changed` : `when other than ${filters} changed`
}
