import type { Edge, When } from '../core/instance.ts'
import { statusFunctionsOf } from '../core/status-functions.ts'
import { nearestName } from './suggestion.ts'
import { durationMs } from './amounts.ts'
import { linkName } from './links.ts'
import { readCondition } from './condition.ts'
import type { Diagnostics } from './diagnostics.ts'
import { resolveName, visibleNames, type Draft } from './draft.ts'
import type { Origins, Plain } from './origins.ts'
import type { EdgeEntry } from './schema.ts'

/** An edge as written, with the place of the name in it. */
export interface WrittenEdge {
  readonly edge: Edge
  readonly owner: Plain
  readonly key: string | number
}

/** The entries of `needs` with the ids they mean; what is unknown or said twice is reported and left out. */
export function resolveNeeds(
  draft: Draft,
  ids: ReadonlySet<string>,
  origins: Origins,
  diagnostics: Diagnostics,
): WrittenEdge[] {
  const { entry } = draft
  const { needs } = entry
  if (needs === undefined) return []
  const edges: WrittenEdge[] = []
  const seen = new Map<string, WrittenEdge>()
  const list = Array.isArray(needs) ? needs : [needs]
  for (const [index, item] of list.entries()) {
    if (item === undefined) continue
    const isPlain = typeof item === 'string'
    const isLink = !isPlain && item.run !== undefined
    const name = isPlain ? item : isLink ? linkName(item) : item.instance
    if (name === undefined) continue
    const owner: Plain = isPlain ? (Array.isArray(needs) ? needs : entry) : item
    const key = isPlain ? (Array.isArray(needs) ? index : 'needs') : isLink ? 'run' : 'instance'
    const from = isLink ? name : resolveName(name, draft.scope, ids)
    if (from === undefined) {
      reportUnknown(name, owner, key)
      continue
    }
    const written: WrittenEdge = { edge: isPlain ? plainEdge(from) : longEdge(from, item), owner, key }
    const first = seen.get(from)
    if (first !== undefined) {
      diagnostics.error('duplicate-need', `\`${name}\` is listed twice in \`needs\``, origins.ofValue(owner, key), {
        notes: [{ message: 'first listed here', range: origins.ofValue(first.owner, first.key) }],
      })
      continue
    }
    seen.set(from, written)
    edges.push(written)
  }
  return edges

  function reportUnknown(name: string, owner: Plain, key: string | number): void {
    const hint = (): string | undefined => {
      const near = nearestName(name, visibleNames(draft.scope))
      if (near !== undefined) return `Did you mean \`${near}\`?`
      const inner = [...ids].find((id) => id.endsWith(`.${name}`))
      return inner === undefined ? undefined : `It is a member of a group: write \`${inner}\`.`
    }
    diagnostics.error('unknown-instance', `unknown instance \`${name}\``, origins.ofValue(owner, key), { hint })
  }

  function longEdge(from: string, item: EdgeEntry): Edge {
    const { delay, when, 'continue-on-failure': goesOn } = item
    if (when !== undefined && goesOn !== undefined)
      diagnostics.error(
        'conflicting-keys',
        '`when` and `continue-on-failure` cannot be combined',
        origins.ofKey(item, 'continue-on-failure'),
        { hint: '`continue-on-failure: true` means `when: completed`.' },
      )
    const atLeast = item['at-least']
    return {
      from,
      when: when === undefined ? (goesOn === true ? 'completed' : 'success') : readWhen(when),
      delayMs: delay === undefined ? 0 : durationMs(delay),
      plain: false,
      ...(atLeast !== undefined && { atLeast }),
      ...(atLeast !== undefined && item['cancel-rest'] === true && { cancelRest: true }),
      ...(item.run !== undefined && item.optional === true && { optional: true as const }),
    }
  }
}

/** The words a `when` may be; everything else is an expression. */
function readWhen(when: string): When {
  if (when === 'success' || when === 'failure' || when === 'completed' || when === 'skipped' || when === 'always')
    return when
  const expression = readCondition(when).source
  return { expression, calls: statusFunctionsOf(expression) }
}

function plainEdge(from: string): Edge {
  return { from, when: 'success', delayMs: 0, plain: true }
}
