import * as data from '@actions/expressions/data/index'
import type { Json } from '../core/json.ts'

/** What may stand for a value: JSON, or nothing, which the language reads as null. */
export type MaybeJson = Json | undefined

/** An object of JSON whose values may be missing. */
export type JsonSource = Readonly<Record<string, MaybeJson>>

/**
 * A JSON value as the expression library wants it. Objects and arrays are wrapped, not copied: only what an expression
 * touches is converted, and a property that is a getter is asked for only then.
 */
export function wrapJson(value: MaybeJson): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null()
  switch (typeof value) {
    case 'string':
      return new data.StringData(value)
    case 'number':
      return new data.NumberData(value)
    case 'boolean':
      return new data.BooleanData(value)
    default:
      return isArray(value) ? wrapArray(value) : new WrappedObject(value)
  }
}

/** The JSON of a value of the expression library. Numbers that JSON cannot write (NaN, infinities) are null. */
export function toJson(value: data.ExpressionData | undefined): Json {
  if (value === undefined) return null
  if (value instanceof WrappedObject) return value.toJson()
  if (value instanceof WrappedArray) return value.source
  switch (value.kind) {
    case data.Kind.Null:
      return null
    case data.Kind.Number:
      return Number.isFinite(value.value) ? value.value : null
    case data.Kind.Boolean:
    case data.Kind.String:
      return value.value
    case data.Kind.Array:
      return value.values().map(toJson)
    default:
      return Object.fromEntries(value.pairs().map(({ key, value: item }) => [key, toJson(item)]))
  }
}

/**
 * Properties by their names in any case, as GitHub's dictionaries have them (the exact name wins). Own properties only,
 * so `constructor` and `__proto__` are names like any other.
 */
export class WrappedObject extends data.Dictionary {
  readonly #source: JsonSource
  readonly #wrapped = new Map<string, data.ExpressionData>()
  #exactNames: Map<string, string> | undefined

  constructor(source: JsonSource) {
    super()
    this.#source = source
  }

  override get(name: string): data.ExpressionData | undefined {
    const key = Object.hasOwn(this.#source, name) ? name : this.#exactName(name)
    if (key === undefined) return undefined
    let value = this.#wrapped.get(key)
    if (value === undefined) {
      value = wrapJson(this.#source[key])
      this.#wrapped.set(key, value)
    }
    return value
  }

  override values(): data.ExpressionData[] {
    return Object.keys(this.#source).map((key) => this.get(key) ?? new data.Null())
  }

  override pairs(): { key: string; value: data.ExpressionData }[] {
    return Object.keys(this.#source).map((key) => ({ key, value: this.get(key) ?? new data.Null() }))
  }

  /** The object that was wrapped, without the properties that are undefined. */
  toJson(): Json {
    const entries = Object.keys(this.#source).map((key) => [key, this.#source[key]] as const)
    return Object.fromEntries(entries.filter((entry): entry is readonly [string, Json] => entry[1] !== undefined))
  }

  #exactName(name: string): string | undefined {
    this.#exactNames ??= new Map(
      Object.keys(this.#source)
        .toReversed()
        .map((key) => [key.toLowerCase(), key]),
    )
    return this.#exactNames.get(name.toLowerCase())
  }
}

/** An array whose items are converted when they are first asked for. */
class WrappedArray extends data.Array {
  readonly source: readonly Json[]
  #wrapped: data.ExpressionData[] | undefined

  constructor(source: readonly Json[]) {
    super()
    this.source = source
  }

  override get(index: number): data.ExpressionData {
    return this.values()[index] ?? new data.Null()
  }

  override values(): data.ExpressionData[] {
    this.#wrapped ??= this.source.map(wrapJson)
    return this.#wrapped
  }
}

/** The library converts all of an array to read one item of it: one that many expressions read is converted for all of them. */
const wrappedArrays = new WeakMap<readonly Json[], WrappedArray>()

function wrapArray(source: readonly Json[]): WrappedArray {
  const wrapped = wrappedArrays.get(source) ?? new WrappedArray(source)
  wrappedArrays.set(source, wrapped)
  return wrapped
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
