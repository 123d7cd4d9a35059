import { cutText } from './cut-text.ts'
import type { Instance } from './instance.ts'
import type { Json, JsonObject } from './json.ts'
import { isObject } from './is-object.ts'
import { renameNode } from './rename-node.ts'

/** One combination of a matrix. `slug` is unique in its matrix, also where file names ignore case; `label` is Actions' `a, 1`. */
export interface MatrixCell {
  readonly values: JsonObject
  readonly slug: string
  readonly label: string
}

/** Most cells one matrix may have; a product of a few long lists is a mistake, not a plan. */
export const matrixLimit = 10_000

/** A matrix that has no meaning: `key` names the part of it that is wrong, where there is one. */
export class MatrixError extends Error {
  readonly key: string | undefined

  constructor(message: string, key?: string) {
    super(message)
    this.name = 'MatrixError'
    this.key = key
  }
}

/**
 * The cells of a matrix, with GitHub Actions' rules: the product of the lists (the last key turns fastest), less what
 * `exclude` matches, then `include` adds to every original combination it does not contradict, or else becomes a cell
 * of its own. `include` and `exclude` may also stand inside `matrix`, as in Actions. Throws `MatrixError`.
 */
export function matrixCells(matrix: Json, include?: Json, exclude?: Json): MatrixCell[] {
  if (!isObject(matrix)) throw new MatrixError(`a matrix must be a map of lists, found ${kindOf(matrix)}`)
  const vectors = readVectors(matrix)
  const excluded = readCombinations(exclude ?? matrix['exclude'], 'exclude')
  const included = readCombinations(include ?? matrix['include'], 'include')
  const originals = product(vectors).filter((values) => !excluded.some((entry) => matches(values, entry, undefined)))
  const cells = originals.map((values) => ({ ...values }))
  for (const entry of included) {
    let added = false
    for (const [index, original] of originals.entries()) {
      if (!matches(original, entry, vectors)) continue
      cells[index] = { ...cells[index], ...entry }
      added = true
    }
    if (!added) cells.push({ ...entry })
  }
  if (cells.length > matrixLimit) throw tooMany(cells.length)
  return nameCells(cells)
}

/** The cells of a matrix that someone wrote, or what is wrong with it. */
export function readCells(...written: Parameters<typeof matrixCells>): MatrixCell[] | MatrixError {
  try {
    return matrixCells(...written)
  } catch (error) {
    if (error instanceof MatrixError) return error
    throw error
  }
}

/**
 * The nodes of one cell, from a template whose ids start with `<group>.*`: ids, edges, parents and members get the cell's
 * slug, labels its values, and every node its `matrix`.
 */
export function instantiateTemplate(template: readonly Instance[], group: string, cell: MatrixCell): Instance[] {
  const prefix = `${group}.*`
  const target = `${group}.${cell.slug}`
  const id = (of: string): string =>
    of === prefix || of.startsWith(`${prefix}.`) ? target + of.slice(prefix.length) : of
  const fill = (node: Instance, from: Instance): Instance => ({
    ...node,
    label: from.id === prefix ? cellLabel(from.label, cell) : renderMatrixLabel(id(from.label), cell.values),
    key: from.id === prefix ? cell.slug : from.key,
    matrix: { ...cell.values, ...from.matrix },
  })
  return template.map((node) => renameNode(node, id, fill))
}

/** `Build ${{ matrix.os }}` with the values put in; other expressions are left as they are. */
export function renderMatrixLabel(label: string, values: JsonObject): string {
  return label.replaceAll(/\$\{\{\s*matrix\.([A-Za-z_][\w-]*)\s*\}\}/g, (whole, key: string) =>
    Object.hasOwn(values, key) ? scalarsOf(values[key] ?? null).join(', ') : whole,
  )
}

/** What a cell is called: the name with its values put in, or Actions' `name (a, 1)` where the name does not mention them. */
export function cellLabel(name: string, cell: Pick<MatrixCell, 'values' | 'label'>): string {
  const rendered = renderMatrixLabel(name, cell.values)
  return rendered === name ? `${name} (${cell.label})` : rendered
}

type Vectors = ReadonlyMap<string, readonly Json[]>

function readVectors(matrix: JsonObject): Vectors {
  const vectors = new Map<string, readonly Json[]>()
  let size = 1
  for (const [key, value] of Object.entries(matrix)) {
    if (key === 'include' || key === 'exclude') continue
    if (!isList(value)) throw new MatrixError(`\`${key}\` must be a list of values, found ${kindOf(value)}`, key)
    if (value.length === 0) throw new MatrixError(`\`${key}\` has no values`, key)
    vectors.set(key, value)
    size *= value.length
    if (size > matrixLimit) throw tooMany(size)
  }
  return vectors
}

function readCombinations(value: Json | undefined, key: string): JsonObject[] {
  if (value === undefined || value === null) return []
  if (!isList(value)) throw new MatrixError(`\`${key}\` must be a list of maps, found ${kindOf(value)}`, key)
  return value.map((entry) => {
    if (!isObject(entry)) throw new MatrixError(`\`${key}\` must be a list of maps, found ${kindOf(entry)} in it`, key)
    return entry
  })
}

function product(vectors: Vectors): JsonObject[] {
  if (vectors.size === 0) return []
  let combinations: JsonObject[] = [{}]
  for (const [key, values] of vectors) {
    const longer: JsonObject[] = []
    for (const combination of combinations) for (const value of values) longer.push({ ...combination, [key]: value })
    combinations = longer
  }
  return combinations
}

/** Whether no key of `entry` contradicts `values`; with `vectors`, keys that are not among them contradict nothing. */
function matches(values: JsonObject, entry: JsonObject, vectors: Vectors | undefined): boolean {
  return Object.entries(entry).every(
    ([key, value]) => (vectors !== undefined && !vectors.has(key)) || equal(values[key], value),
  )
}

function nameCells(cells: readonly JsonObject[]): MatrixCell[] {
  const taken = new Set<string>()
  const next = new Map<string, number>()
  return cells.map((values) => {
    const scalars = Object.values(values).flatMap(scalarsOf)
    const stem = slugOf(scalars)
    const key = stem.toLowerCase()
    let count = next.get(key) ?? 1
    let slug = count === 1 ? stem : `${stem}-${count}`
    while (taken.has(slug.toLowerCase())) slug = `${stem}-${++count}`
    next.set(key, count + 1)
    taken.add(slug.toLowerCase())
    return { values, slug, label: cutText(scalars.join(', '), 100) }
  })
}

function slugOf(scalars: readonly string[]): string {
  const slug = scalars
    .join('-')
    .slice(0, 400)
    .replaceAll(/[^A-Za-z0-9_]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  return slug === '' ? 'cell' : slug
}

function scalarsOf(value: Json): string[] {
  if (isList(value)) return value.flatMap(scalarsOf)
  if (isObject(value)) return Object.values(value).flatMap(scalarsOf)
  return [value === null ? '' : String(value)]
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined || a === null || b === null) return false
  if (isList(a)) return isList(b) && a.length === b.length && a.every((value, index) => equal(value, b[index]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
}

function tooMany(size: number): MatrixError {
  return new MatrixError(`the matrix has ${size} combinations; at most ${matrixLimit} are allowed`)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function kindOf(value: Json): string {
  if (value === null) return 'nothing'
  return isList(value) ? 'a list' : isObject(value) ? 'a map' : `a ${typeof value}`
}
