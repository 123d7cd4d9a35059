import type { Json, JsonObject } from '../core/json.ts'
import { MatrixError, readCells, type MatrixCell } from '../core/matrix.ts'
import { nearestName } from './suggestion.ts'
import { foldValue } from '../expression/fold.ts'
import { hasExpression } from '../expression/template.ts'
import type { Diagnostics } from './diagnostics.ts'
import { toJson } from './json-value.ts'
import type { Origins } from './origins.ts'
import type { InstanceEntry } from './schema-instance.ts'
import { isObject } from '../core/is-object.ts'

/** A matrix whose cells are known, or one that is known only when its upstreams have ended. */
export type MatrixEntry =
  | { readonly kind: 'static'; readonly cells: readonly MatrixCell[] }
  | {
      readonly kind: 'dynamic'
      readonly value: Json
      readonly include: Json | undefined
      readonly exclude: Json | undefined
      readonly keys: ReadonlySet<string> | 'unknown'
    }

/** Reads `strategy.matrix`; with `isFirst`, reports what is wrong with it. A matrix with mistakes has no cells. */
export function readMatrix(
  entry: InstanceEntry,
  isFirst: boolean,
  origins: Origins,
  diagnostics: Diagnostics,
): MatrixEntry {
  const strategy = entry.strategy ?? {}
  const written = strategy.matrix
  const nothing: MatrixEntry = { kind: 'static', cells: [] }
  if (written === undefined) return nothing
  const value = foldValue(toJson(written))
  if (typeof value === 'string' && hasExpression(value))
    return { kind: 'dynamic', value, include: undefined, exclude: undefined, keys: 'unknown' }
  const report = (message: string, key?: string, hint?: string): MatrixEntry => {
    const range =
      key === undefined || typeof written === 'string' ? origins.ofKey(strategy, 'matrix') : origins.ofKey(written, key)
    if (isFirst) diagnostics.error('bad-matrix', message, range, { hint })
    return nothing
  }
  if (!isObject(value))
    return report('a matrix must be a map of lists', undefined, 'Give the list a name: `{ value: [1, 2] }`.')
  const { include, exclude, ...vectors } = value
  if (holdsExpression(value)) {
    const keys = Array.isArray(include) || include === undefined ? keysOf(vectors, include) : ('unknown' as const)
    return { kind: 'dynamic', value: vectors, include, exclude, keys }
  }
  const unknown = excludedKeys(exclude).find((key) => !Object.hasOwn(vectors, key))
  if (unknown !== undefined) {
    const near = nearestName(unknown, Object.keys(vectors))
    return report(
      `\`exclude\` names \`${unknown}\`, which the matrix does not have`,
      'exclude',
      near === undefined ? undefined : `Did you mean \`${near}\`?`,
    )
  }
  // An invalid list has been reported by the schema.
  if (Object.values(written).some((list) => list === undefined)) return nothing
  const cells = readCells(vectors, include, exclude)
  if (cells instanceof MatrixError) return report(cells.message, cells.key)
  if (cells.length > 0) return { kind: 'static', cells }
  return report(exclude === undefined ? 'the matrix is empty' : '`exclude` removes every combination of the matrix')
}

function keysOf(vectors: JsonObject, include: Json | undefined): ReadonlySet<string> {
  const keys = new Set(Object.keys(vectors))
  if (Array.isArray(include))
    for (const entry of include) if (isObject(entry)) for (const key of Object.keys(entry)) keys.add(key)
  return keys
}

function excludedKeys(exclude: Json | undefined): string[] {
  return Array.isArray(exclude) ? exclude.flatMap((entry: Json) => (isObject(entry) ? Object.keys(entry) : [])) : []
}

function holdsExpression(value: Json): boolean {
  if (typeof value === 'string') return hasExpression(value)
  if (Array.isArray(value)) return value.some(holdsExpression)
  return isObject(value) && Object.values(value).some(holdsExpression)
}
