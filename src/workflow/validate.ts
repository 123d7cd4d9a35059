import { cutText } from '../core/cut-text.ts'
import { closestName } from '../core/closest-name.ts'
import type { Json } from '../core/json.ts'
import { hasExpression, literalText } from '../expression/template.ts'
import type { Diagnostics } from './diagnostics.ts'
import { foreignKeyHint } from './foreign-keys.ts'
import type { Origins, Plain } from './origins.ts'
import { kindOf, type Kind, type Shape } from './shape.ts'
import { expressionPattern, formHint, kindHint, madeHint } from './kind-hint.ts'
import { listed, listedNames } from './listed.ts'
import type { StaticInputs } from './static-inputs.ts'

/** Where a value stands: the map or list that holds it and its key there; `label` is how messages call it. */
export interface Place {
  readonly owner: Plain
  readonly key: string | number
  readonly label: string
}

/** Checks plain data against shapes. */
export interface Validator {
  /**
   * The value with texts made of numbers and booleans; what is wrong is reported and stands as undefined, so that the
   * rest can still be looked at. Nothing given is changed: maps that differ are copies that know their origin.
   */
  validate(value: unknown, shape: Shape, place: Place): unknown
}

/** A validator that reports into `diagnostics`. */
export function createValidator(origins: Origins, diagnostics: Diagnostics, statics: StaticInputs): Validator {
  let quiet = 0
  /** Above 0 where inputs have no values yet: in their declarations, and in what says where to find more of them. */
  let early = 0
  /** Above 0 in what an expression has made: a text in it is never an expression itself. */
  let made = 0
  let failed = false

  function fail(code: string, message: string, { owner, key }: Place, hint?: string): undefined {
    failed = true
    if (quiet === 0) diagnostics.error(code, message, origins.ofValue(owner, key), { hint })
    return undefined
  }

  function validate(value: unknown, shape: Shape, place: Place): unknown {
    if (value === undefined) {
      // What could not be read has been reported.
      failed = true
      return undefined
    }
    if (typeof value === 'string' && early + made === 0 && hasExpression(value) && takesStatic(shape)) {
      const result = statics.evaluate(value)
      if (result.kind === 'unknown') return undefined
      if (result.kind === 'failing') return fail(result.code, result.message, place, result.hint)
      if (result.kind === 'value') return validateStatic(result.value, value, shape, place)
    }
    if (shape.partlyStatic && typeof value === 'string' && made === 0) return statics.fold(value)
    const kind = kindOf(value)
    if (shape.perCell && typeof value === 'string' && made === 0 && expressionPattern.test(value)) return value
    if (shape.alternatives !== undefined) return validateAlternatives(value, kind, shape, shape.alternatives, place)
    if (!shape.kinds.has(kind)) return wrongKind(value, kind, shape, place)
    if (shape.text && typeof value !== 'string') return origins.written(place.owner, place.key) ?? JSON.stringify(value)
    if (typeof value === 'string') return validateString(value, shape, place)
    if (typeof value === 'number') return validateNumber(value, shape, place)
    if (Array.isArray(value)) return validateList(value, shape, place)
    if (kind === 'map' && typeof value === 'object' && value !== null) return validateMap(value, shape, place)
    return value
  }

  /** The value that an expression has, called by both. */
  function validateStatic(value: Json, written: string, shape: Shape, place: Place): unknown {
    const isScalar = typeof value !== 'object' || value === null
    if (isScalar && (shape.text || shape.alternatives?.some((of) => of.text))) return String(value)
    if (!isScalar) settle(value, place)
    made++
    const checked = validate(value, shape, { ...place, label: `${place.label} (\`${written.trim()}\`)` })
    made--
    return checked
  }

  /** What an expression has made stands where the expression does. */
  function settle(value: object, place: Place): void {
    origins.place(value, place.owner, place.key)
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) settle(inner, place)
  }

  function validateAlternatives(
    value: unknown,
    kind: Kind,
    shape: Shape,
    alternatives: readonly Shape[],
    place: Place,
  ): unknown {
    const fitting = alternatives.filter((alternative) => alternative.kinds.has(kind))
    const [only] = fitting
    if (only === undefined) return wrongKind(value, kind, shape, place)
    if (fitting.length === 1) {
      // Only an expression may be text there.
      const isMistaken =
        made === 0 && typeof value === 'string' && only.pattern !== undefined && !only.pattern.test(value)
      if (isMistaken && kindHint(value, kind, shape) !== undefined) return wrongKind(value, kind, shape, place)
      return validate(value, only, place)
    }
    for (const alternative of fitting) {
      const before = failed
      failed = false
      quiet++
      const result = validate(value, alternative, place)
      quiet--
      const succeeded = !failed
      failed = before
      if (succeeded) return result
    }
    const values = fitting.flatMap((alternative) => alternative.values ?? [])
    return fail(
      'wrong-value',
      `${place.label} must be ${wanted(shape)}, found ${shown(value)}`,
      place,
      nearest(value, values),
    )
  }

  function wrongKind(value: unknown, kind: Kind, shape: Shape, place: Place): undefined {
    return fail(
      'wrong-type',
      `${place.label} must be ${wanted(shape)}, found ${kind === 'boolean' ? shown(String(value)) : kindNames[kind]}`,
      place,
      made > 0 ? madeHint(value, shape) : kindHint(value, kind, shape, origins.written(place.owner, place.key)),
    )
  }

  function validateString(value: string, shape: Shape, place: Place): string | undefined {
    const { values, pattern } = shape
    if (values !== undefined && !values.includes(value))
      return fail(
        'wrong-value',
        `${place.label} must be ${wanted(shape)}, found ${shown(value)}`,
        place,
        nearest(value, values),
      )
    if (pattern !== undefined && !pattern.test(value))
      return fail(
        'wrong-value',
        `${place.label} must be ${wanted(shape)}, found ${shown(value)}`,
        place,
        formHint(value, pattern),
      )
    if (made > 0 && shape.template && pattern === undefined) return literalText(value)
    if ((!shape.template || made > 0) && hasExpression(value))
      return fail(
        'expression-not-allowed',
        `${place.label} cannot contain an expression`,
        place,
        made > 0
          ? 'It comes from an expression itself, and is not evaluated again.'
          : 'It is read before the run starts: only `inputs` are known then.',
      )
    return value
  }

  function validateNumber(value: number, shape: Shape, place: Place): number | undefined {
    if (shape.atMost !== undefined && value > shape.atMost)
      return fail('wrong-value', `${place.label} must be at most ${shape.atMost}, found ${value}`, place)
    const outside =
      (shape.integer && !Number.isSafeInteger(value)) ||
      (shape.above !== undefined && value <= shape.above) ||
      (shape.atLeast !== undefined && value < shape.atLeast)
    if (outside) return fail('wrong-value', `${place.label} must be ${wanted(shape)}, found ${value}`, place)
    return value
  }

  function validateList(list: readonly unknown[], shape: Shape, place: Place): unknown {
    if (list.length < shape.minItems)
      return fail('empty-list', `${place.label} is empty`, place, 'Give it at least one item.')
    const { items } = shape
    if (items === undefined) return list
    const label = place.label.startsWith('an item of ') ? place.label : `an item of ${place.label}`
    let result: unknown[] | undefined
    for (const [index, item] of list.entries()) {
      const checked = validate(item, items, { owner: list, key: index, label })
      if (checked === item) continue
      if (result === undefined) origins.alias((result = [...list]), list)
      result[index] = checked
    }
    return result ?? list
  }

  function validateMap(map: object, shape: Shape, place: Place): unknown {
    const { keys, others, keyPattern, extensions } = shape
    let result: Record<string, unknown> | undefined
    for (const [key, value] of Object.entries(map)) {
      const of = keys?.get(key) ?? others
      if (of === undefined) {
        if (keys !== undefined && (extensions === undefined || !key.startsWith(extensions)))
          unknownKey(map, key, keys.names, extensions)
        continue
      }
      if (keyPattern !== undefined && !keyPattern.test(key)) badKey(map, key, place)
      const isEarly = extensions !== undefined && (key === 'inputs' || key === 'include')
      if (isEarly) early++
      const checked = validate(value, of, { owner: map, key, label: `\`${key}\`` })
      if (isEarly) early--
      if (checked === value) continue
      if (result === undefined) origins.alias((result = { ...map }), map)
      result[key] = checked
    }
    for (const key of shape.required)
      if (!Object.hasOwn(map, key)) {
        failed = true
        if (quiet === 0)
          diagnostics.error('missing-key', `\`${key}\` is missing`, origins.ofPlain(map), {
            hint: shape.mustBe === undefined ? undefined : `${capital(place.label)} must be ${shape.mustBe}.`,
          })
      }
    return result ?? map
  }

  function unknownKey(map: Plain, key: string, keys: readonly string[], extensions: string | undefined): void {
    failed = true
    if (quiet > 0) return
    const near = closestName(key, keys) ?? longerName(key, keys)
    const hint =
      near === undefined
        ? (foreignKeyHint(key, keys) ??
          (extensions === undefined ? undefined : `Keys of your own start with \`${extensions}\`.`))
        : `Did you mean \`${near}\`?`
    diagnostics.error('unknown-key', `unknown key \`${key}\``, origins.ofKey(map, key), { hint })
  }

  function badKey(map: Plain, key: string, place: Place): void {
    failed = true
    if (quiet > 0) return
    const isVariable = place.label === '`env`'
    diagnostics.error(
      'bad-name',
      isVariable ? `${shown(key)} is not a valid variable name` : `${shown(key)} is not a valid name`,
      origins.ofKey(map, key),
      {
        hint: isVariable
          ? 'Use letters, digits and `_`; the first character must not be a digit.'
          : 'Use at most 100 letters, digits, `-` and `_`; the first character must be a letter or `_`.',
      },
    )
  }

  return { validate }
}

const kindNames: Readonly<Record<Kind, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
  list: 'a list',
  map: 'a map',
}

const kindWants: Readonly<Record<Kind, string>> = { ...kindNames, boolean: '`true` or `false`' }

function wanted(shape: Shape): string {
  if (shape.mustBe !== undefined) return shape.mustBe
  if (shape.values !== undefined) return listedNames(shape.values, 'or', 'nothing')
  return listed(
    [...shape.kinds].map((kind) => kindWants[kind]),
    'or',
    'nothing',
  )
}

/** Whether a value without expressions may stand there, so that one over inputs may as well; which instances there are, none decides. */
function takesStatic(shape: Shape): boolean {
  return !(shape.structure || shape.template || shape.alternatives?.some((of) => of.template))
}

/** A value as a message shows it: short, on one line, in backticks. */
function shown(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  const line = value.replaceAll(/\s+/g, ' ').trim()
  if (line === '') return 'an empty string'
  return `\`${cutText(line, 40)}\``
}

function nearest(value: unknown, values: readonly string[]): string | undefined {
  const near = typeof value === 'string' ? closestName(value, values) : undefined
  return near === undefined ? undefined : `Did you mean \`${near}\`?`
}

/** The only key that begins with what was written, as `timeout-minutes` does with `timeout`. */
function longerName(key: string, keys: readonly string[]): string | undefined {
  if (key.length < 3) return undefined
  const longer = keys.filter((known) => known.startsWith(key.toLowerCase().replaceAll('_', '-')))
  return longer.length === 1 ? longer[0] : undefined
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
