import type { JsonObject } from '../core/json.ts'
import { renderMatrixLabel } from '../core/matrix.ts'
import type { PrintedEntry } from './print-process.ts'
import { isObject } from '../core/is-object.ts'

/** A cell of a static matrix: its values, and the entry that it alone would be. */
export interface PrintedCell {
  readonly values: JsonObject
  readonly entry: PrintedEntry
}

/** What a cell without the key says where others have it: an expression gives each a value. */
const without: Readonly<Record<string, unknown>> = { container: '', sandbox: false }

/** One entry for all cells of a matrix: where they differ, an expression over `matrix` says how. */
export function mergeCells(cells: readonly PrintedCell[]): PrintedEntry {
  const [first] = cells
  if (first === undefined) return {}
  const keys = new Set(cells.flatMap(({ entry }) => Object.keys(entry)))
  return Object.fromEntries(
    [...keys].map((key) => {
      const parts = cells.map(({ values, entry }) => ({ values, part: entry[key] ?? without[key] }))
      return [key, key === 'name' ? mergeNames(parts) : merge(parts)]
    }),
  )
}

/** The same part of the entry of one cell. */
interface Part {
  readonly values: JsonObject
  readonly part: unknown
}

function merge(parts: readonly Part[]): unknown {
  const [first] = parts
  if (first === undefined || parts.every(({ part }) => same(part, first.part))) return first?.part
  const maps = parts.filter((each): each is { values: JsonObject; part: PrintedEntry } =>
    isObject<PrintedEntry>(each.part),
  )
  if (maps.length === parts.length) return mergeCells(maps.map(({ values, part }) => ({ values, entry: part })))
  const lists = parts.filter((each): each is { values: JsonObject; part: unknown[] } => Array.isArray(each.part))
  if (lists.length === parts.length && lists.every(({ part }) => part.length === lists[0]?.part.length))
    return lists[0]?.part.map((_, index) => merge(lists.map(({ values, part }) => ({ values, part: part[index] }))))
  return expressionFor(parts)
}

/**
 * A name with `${{ matrix.x }}` in it that gives each cell the name it has; undefined where none was found. Names know no
 * other expressions, so what varies must be values of the cell as they are.
 */
export function mergeNames(parts: readonly Part[]): unknown {
  const [first] = parts
  if (first === undefined || parts.every(({ part }) => part === first.part)) return first?.part
  const fits = (name: string): boolean => parts.every(({ values, part }) => renderMatrixLabel(name, values) === part)
  const candidates = [String(first.part)]
  for (const [key, value] of Object.entries(first.values).slice(0, 8)) {
    if (typeof value === 'object' || value === '') continue
    const text = String(value)
    const more = candidates
      .filter((name) => name.includes(text))
      .map((name) => name.replace(text, `\${{ matrix.${key} }}`))
    candidates.push(...more)
  }
  return candidates.find(fits)
}

/** `${{ matrix.x }}` where a key of the matrix has the value in every cell, else a table by the whole cell. */
function expressionFor(parts: readonly Part[]): string {
  const key = Object.keys(parts[0]?.values ?? {}).find((name) =>
    parts.every(({ values, part }) => same(values[name], part)),
  )
  if (key !== undefined) return `\${{ matrix${/^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`} }}`
  const table = Object.fromEntries(parts.map(({ values, part }) => [JSON.stringify(values, null, 2), part ?? null]))
  return `\${{ fromJSON(${quoted(JSON.stringify(table))})[toJSON(matrix)] }}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
