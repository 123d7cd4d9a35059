import { listHint } from './list-hint.ts'
import type { Kind, Shape } from './shape.ts'

/** A text that is one expression. */
export const expressionPattern = /^\s*\$\{\{[^]*\}\}\s*$/

/** What to write instead of a value of the wrong kind; undefined where that is anybody's guess. */
export function kindHint(value: unknown, kind: Kind, shape: Shape): string | undefined {
  if (kind === 'null') return 'Give it a value, or remove the key.'
  if (Array.isArray(value) && shape.kinds.has('map') && shape.others !== undefined)
    return listHint(value, shape.others.kinds.has('string'))
  if (kind !== 'string' || typeof value !== 'string') return undefined
  const key = shape.kinds.has('map') ? /^([\w-]+):\S/.exec(value)?.[1] : undefined
  if (key !== undefined) return `A space is missing after \`${key}:\`.`
  if (shape.kinds.has('boolean') && /^(yes|on|no|off|true|false)$/i.test(value))
    return `Write \`${/^(yes|on|true)$/i.test(value)}\`, without quotes.`
  if (shape.kinds.has('number') && value.trim() !== '' && Number.isFinite(Number(value))) return 'Remove the quotes.'
  const minutes = shape.kinds.has('number') && !shape.integer ? minutesIn(value) : undefined
  if (minutes !== undefined) return `Write the number of minutes: \`${minutes}\`.`
  if (expressionPattern.test(value))
    return 'The value must be known before the run starts: an expression here can only read `inputs`.'
  if (shape.kinds.has('list') && shape.items?.kinds.has('string')) return 'Write it as a list: `[…]`.'
  return undefined
}

/** The minutes of a duration such as `10m` or `1h30m`. */
function minutesIn(value: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:s|min|m|h)\s*)+$/.test(value.trim())) return undefined
  let minutes = 0
  for (const [, amount, unit] of value.matchAll(/([\d.]+)(s|m|h)/g))
    minutes += Number(amount) * (unit === 'h' ? 60 : unit === 's' ? 1 / 60 : 1)
  return Math.round(minutes * 1000) / 1000
}
