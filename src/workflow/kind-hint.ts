import { listHint } from './list-hint.ts'
import type { Kind, Shape } from './shape.ts'

/** A text that is one expression. */
export const expressionPattern = /^\s*\$\{\{[^]*\}\}\s*$/

/** What to write instead of a value of the wrong kind; undefined where that is anybody's guess. */
export function kindHint(value: unknown, kind: Kind, shape: Shape, written = ''): string | undefined {
  if (kind === 'null') return 'Give it a value, or remove the key.'
  if (typeof value === 'number' && shape.pattern !== undefined) return unitHint(value, shape.pattern)
  if (Array.isArray(value) && shape.kinds.has('map') && shape.others !== undefined)
    return listHint(value, shape.others.kinds.has('string'))
  // `run: { echo a; }`, `prompt: [x] is wrong`
  if ((kind === 'map' || kind === 'list') && shape.kinds.has('string') && /^[[{]/.test(written))
    return 'If it is meant as text, quote the whole value, or write it on the line below `|`.'
  if (kind !== 'string' || typeof value !== 'string') return undefined
  const key = shape.kinds.has('map') ? /^([\w-]+):\S/.exec(value)?.[1] : undefined
  if (key !== undefined) return `A space is missing after \`${key}:\`.`
  if (shape.kinds.has('boolean') && /^(yes|on|no|off|true|false)$/i.test(value))
    return `Write \`${/^(yes|on|true)$/i.test(value)}\`, without quotes.`
  if (shape.kinds.has('number') && value.trim() !== '' && Number.isFinite(Number(value))) return 'Remove the quotes.'
  const minutes = shape.kinds.has('number') && !shape.integer ? minutesIn(value) : undefined
  if (minutes !== undefined) return `Write the number of minutes: \`${minutes}\`.`
  if (expressionPattern.test(value) && shape.structure)
    return 'Write the instances out: `if` leaves one out, and a `strategy.matrix` may be an expression.'
  if (expressionPattern.test(value))
    return 'The value must be known before the run starts: an expression here can only read `inputs`.'
  if (shape.kinds.has('list') && shape.items?.kinds.has('string')) return 'Write it as a list: `[…]`.'
  return undefined
}

/** What to do where an expression over inputs came to a value of the wrong kind. */
export function madeHint(value: unknown, { kinds }: Shape): string | undefined {
  if (value === null || value === '')
    return 'Give the input a value or a `default`, or the expression one of its own: `${{ inputs.x || 10 }}`.'
  if (typeof value !== 'string' || kinds.has('string')) return undefined
  if (kinds.has('number') || kinds.has('boolean'))
    return `Declare the input with \`type: ${kinds.has('number') ? 'number' : 'boolean'}\`, or use \`fromJSON\`.`
  return `Use \`fromJSON\` on a text that is ${kinds.has('list') ? 'a list' : 'a map'} in JSON.`
}

/** The spelling that a text of the wrong form most likely means: `30 s` is `30s`, `2G` is `2GB`, `10m` as a start is `+10m`. */
export function formHint(value: string, pattern: RegExp): string | undefined {
  const short = value
    .replaceAll(/\s+/g, '')
    .replaceAll(/(\d)(?:hours?|hrs?)/gi, '$1h')
    .replaceAll(/(\d)(?:minutes?|mins?)/gi, '$1m')
    .replaceAll(/(\d)(?:seconds?|secs?)/gi, '$1s')
  const [, hour = '', rest = ':00', half = ''] = /^(\d{1,2})(:\d\d)?(?::\d\d)?(am|pm)?$/i.exec(short) ?? []
  const hours = (Number(hour) % (half === '' ? 24 : 12)) + (half.toLowerCase() === 'pm' ? 12 : 0)
  const clock = hour === '' ? short : `${String(hours).padStart(2, '0')}${rest}`
  const meant = [short, short.toUpperCase(), `+${short}`, `${short}B`, clock].find((spelling) => pattern.test(spelling))
  if (meant === undefined || meant === value) return undefined
  return meant === `+${short}` ? `Write \`${meant}\`: that long after the start of the run.` : `Write \`${meant}\`.`
}

/** A number where an amount with its unit must be. */
function unitHint(value: number, pattern: RegExp): string | undefined {
  const example = [`${value}s`, `${value}MB`, `+${value}m`].find((spelling) => pattern.test(spelling))
  return example === undefined ? undefined : `Add the unit, as in \`${example}\`.`
}

/** The minutes of a duration such as `10m` or `1h30m`. */
function minutesIn(value: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:s|min|m|h)\s*)+$/.test(value.trim())) return undefined
  let minutes = 0
  for (const [, amount, unit] of value.matchAll(/([\d.]+)(s|m|h)/g))
    minutes += Number(amount) * (unit === 'h' ? 60 : unit === 's' ? 1 / 60 : 1)
  return Math.round(minutes * 1000) / 1000
}
