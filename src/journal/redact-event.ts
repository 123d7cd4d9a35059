import type { Stamped } from '../core/event.ts'
import { jsonPieces } from '../core/json-pieces.ts'
import type { Redactor } from '../core/redactor.ts'

/**
 * Keys whose values are the engine's own words and the file's names: masking them would break the run, and they cannot be secret,
 * for they stand in the orchestration file. They are exempt in the event itself and in the nodes of a plan, nowhere else.
 */
const structuralKeys: ReadonlySet<string> = new Set(
  (
    'type kind id parent key previous from to when join pool group gate form members only runtime agent runId version commit ' +
    'cause result outcome reason action costSource onExceeded level reporter signal limit file stdoutFile stderrFile patchFile before after'
  ).split(' '),
)

/** Keys that hold what users and programs wrote: below them nothing is exempt. */
const foreignKeys: ReadonlySet<string> = new Set(
  'env inputs outputs json matrix context args mcp outputSchema include exclude argv'.split(' '),
)

/** A line with its line end; in pieces where it tells of a whole plan, whose text would be larger than the plan. */
export type Line = string | Generator<string>

/**
 * The event with every secret masked, and its line for the journal. An event without secrets, nearly every one, costs one scan of its line
 * and is returned as it is; else each string is masked on its own, so that the line stays valid JSON whatever a secret looks like. Some texts
 * are cut then, see `cutTexts`.
 */
export function redactEvent(event: Stamped, redactor: Redactor): { event: Stamped; line: Line } {
  const line = lineOf(event)
  if (isClean(line, redactor)) return { event, line: typeof line === 'string' ? line : lineOf(event) }
  const masked = maskValue(event, redactor, true) as Stamped
  return { event: masked, line: lineOf(masked) }
}

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
  if (typeof value === 'string') return redactor.text(value)
  if (Array.isArray(value)) return value.map((item) => maskValue(item, redactor, ours))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (!ours) return [redactor.text(key), maskValue(inner, redactor, false)]
    if (structuralKeys.has(key) && isPlain(inner)) return [key, inner]
    return [key, maskValue(inner, redactor, !foreignKeys.has(key))]
  })
  return Object.fromEntries(entries)
}

/** A string or a list of strings: what a structural key may hold as it is. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
}
