import { unreachable } from '../core/unreachable.ts'
import { cutText } from '../core/cut-text.ts'
import type { Stamped } from '../core/event.ts'
import { foreignKeys, structuralKeys } from '../core/structural-keys.ts'
import type { Json } from '../core/json.ts'
import { maskJson } from '../core/mask-json.ts'
import { jsonPieces } from '../core/json-pieces.ts'
import type { Redactor } from '../core/redactor.ts'

/** A line with its line end; in pieces where it tells of a whole plan, whose text would be larger than the plan. */
export type Line = string | Generator<string>

/**
 * The event with every secret masked, and its line for the journal. An event without secrets, nearly every one, costs one scan of its line
 * and is returned as it is; else each string is masked on its own, so that the line stays valid JSON whatever a secret looks like. Some texts
 * are cut then, see `cutTexts`.
 */
export function redactEvent(event: Stamped, redactor: Redactor): { event: Stamped; line: Line } {
  const line = lineOf(event)
  const masked = isClean(line, redactor) ? event : (maskValue(event, redactor, true) as Stamped)
  const cut = cutTexts(masked)
  return { event: cut, line: cut === event && typeof line === 'string' ? line : lineOf(cut) }
}

/** Most characters of what programs said that an event carries. */
const limits = { activity: 120, detail: 400, message: 1000, argument: 4096 } as const

/**
 * The event with its long texts cut. Only here, once nothing in them is secret any more: of a secret that lies across a cut, the part before it would
 * be no secret that anybody recognises.
 */
function cutTexts(event: Stamped): Stamped {
  switch (event.type) {
    case 'attempt.progress':
      return isWithin(event.activity, limits.activity)
        ? event
        : { ...event, activity: cutText(event.activity, limits.activity) }
    case 'attempt.started':
      return event.argv.every((text) => isWithin(text, limits.argument))
        ? event
        : { ...event, argv: cutAll(event.argv) }
    case 'attempt.repairing':
      return { ...event, why: cutText(event.why, limits.detail), argv: cutAll(event.argv) }
    case 'attempt.ended': {
      const { failure } = event
      if (failure?.detail === undefined || isWithin(failure.detail, limits.detail)) return event
      return { ...event, failure: { ...failure, detail: cutText(failure.detail, limits.detail) } }
    }
    case 'notice':
      return isWithin(event.message, limits.message)
        ? event
        : { ...event, message: cutText(event.message, limits.message) }
    case 'run.started':
    case 'run.resumed':
    case 'run.interrupted':
    case 'run.paused':
    case 'run.unpaused':
    case 'run.ended':
    case 'instance.cancelled':
    case 'instance.restored':
    case 'instance.missed':
    case 'instance.retrying':
    case 'instance.ended':
    case 'plan.expanded':
    case 'edge.decided':
    case 'effect.started':
    case 'budget.warned':
    case 'budget.exceeded':
    case 'budget.carried':
    case 'fragments.taken':
    case 'provider.throttled':
    case 'report.delivered':
    case 'report.failed':
    case 'timer.fired':
      return event
    default:
      return unreachable(event) ?? event
  }
}

const isWithin = (text: string, limit: number): boolean => text.length <= limit

const cutAll = (texts: readonly string[]): string[] => texts.map((text) => cutText(text, limits.argument))

function lineOf(event: Stamped): Line {
  const hasPlan = event.type === 'run.started' || event.type === 'plan.expanded'
  return hasPlan ? jsonPieces(event) : `${JSON.stringify(event)}\n`
}

/** A line piece by piece, be it one. */
export function piecesOf(line: Line): Iterable<string> {
  return typeof line === 'string' ? [line] : line
}

/** Controls as JSON writes them: what is between two of them is seen as one text, which only each string itself tells. */
const escapedControl = /\\[bfru]/

/** No piece ends inside a string. */
function isClean(line: Line, redactor: Redactor): boolean {
  for (const piece of piecesOf(line)) if (escapedControl.test(piece) || redactor.text(piece) !== piece) return false
  return true
}

function maskValue(value: unknown, redactor: Redactor, ours: boolean): unknown {
  if (!ours || typeof value === 'string') return maskJson(value as Json, redactor)
  if (Array.isArray(value)) return value.map((item) => maskValue(item, redactor, ours))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (structuralKeys.has(key) && isPlain(inner)) return [key, inner]
    return [key, maskValue(inner, redactor, !foreignKeys.has(key))]
  })
  return Object.fromEntries(entries)
}

/** A string or a list of strings: what a structural key may hold as it is. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
}
