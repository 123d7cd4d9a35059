import { evaluateTemplate, EvaluationError } from '../expression/evaluate.ts'
import { foldValue } from '../expression/fold.ts'
import { hasExpression } from '../expression/template.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Plain } from './origins.ts'
import type { AgentEntry, DefaultsEntry } from './schema.ts'
import { defaultsOf } from './runtime-names.ts'
import { instanceKeyShape } from './shape.ts'
import { createValidator } from './validate.ts'

/** Keys that an instance can have from its agent or from `defaults` as well. */
export type SettingKey = keyof DefaultsEntry

/** A value, the map it stands in, and how far from the instance that is. */
export interface Setting<K extends SettingKey> {
  readonly value: NonNullable<DefaultsEntry[K]>
  readonly owner: Plain
  readonly level: Level
  /** Of `defaults` for a runtime: which. */
  readonly runtime: string | undefined
}

/** Where a setting can come from, the nearest first. */
export type Level = 'fallback' | 'instance' | 'agent' | 'defaults'

/** One map of settings. */
export interface Layer {
  readonly level: Level
  readonly values: DefaultsEntry
  /** Of `defaults` for a runtime: which. */
  readonly runtime?: string
}

/** The settings of one instance: the first layer that has a key says its value. */
export interface Settings {
  find<K extends SettingKey>(key: K): Setting<K> | undefined
  /** The runtime of the nearest `defaults` that name one. */
  readonly defaultRuntime: string | undefined
}

/**
 * The layers of an instance: its own keys, those of its agent, `defaults` of the file and of what it includes; what they say of its
 * runtime, once that is known, before what they say of all.
 */
export function layersOf(draft: Draft, agent: AgentEntry | undefined, compiling: Compiling, runtime?: string): Layer[] {
  const layers: Layer[] = [{ level: 'instance', values: draft.entry }]
  if (agent !== undefined) layers.push({ level: 'agent', values: agent })
  for (const values of compiling.file.defaults) {
    const special = runtime === undefined ? undefined : defaultsOf(values, runtime)
    if (special !== undefined && runtime !== undefined) layers.push({ level: 'defaults', values: special, runtime })
    layers.push({ level: 'defaults', values })
  }
  return layers
}

/** Settings over layers; `${{ matrix.x }}` of a static matrix is replaced by its value, which is checked like a written one. */
export function createSettings(draft: Draft, layers: readonly Layer[], compiling: Compiling): Settings {
  return {
    defaultRuntime: layers.find(({ level, values }) => level === 'defaults' && values.runtime !== undefined)?.values
      .runtime,
    find(key) {
      for (const { level, values, runtime } of layers) {
        if (!Object.hasOwn(values, key)) continue
        const written = values[key]
        if (written === undefined || (key === 'model' && isEmpty(written, compiling))) continue
        const value =
          typeof written === 'string' && hasExpression(written)
            ? cellValue(draft, key, written, values, compiling)
            : written
        if (value === undefined) continue
        // The validator has checked a cell's value against the shape of this very key.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as said above
        return { value: value as NonNullable<typeof written>, owner: values, level, runtime }
      }
      return undefined
    },
  }
}

/** Whether a template comes to nothing before the run, as an input that nobody gave does: then it says nothing. */
function isEmpty(written: unknown, { file }: Compiling): boolean {
  if (typeof written !== 'string' || !hasExpression(written)) return false
  const constant = file.statics.evaluate(written)
  return constant.kind === 'value' && constant.value === ''
}

function cellValue(draft: Draft, key: SettingKey, written: string, owner: Plain, compiling: Compiling): unknown {
  const shape = instanceKeyShape(key)
  if (shape === undefined || !shape.perCell) return written
  const { diagnostics, file } = compiling
  const { origins } = file
  const fail = (message: string, hint?: string): undefined => {
    diagnostics.error('expression-not-static', message, origins.ofValue(owner, key), { hint })
    return undefined
  }
  const validated = (value: unknown): unknown =>
    createValidator(origins, diagnostics, file.statics).validate(value, shape, {
      owner,
      key,
      label: `\`${key}\` of ${draft.matrix === undefined ? draft.id : `the cell ${draft.label}`}`,
    })
  const constant = foldValue(written)
  if (constant !== written) return validated(constant)
  if (file.statics.isUnknown(written)) return undefined
  if (draft.matrix === undefined || draft.matrixKeys === 'unknown')
    return fail(
      `\`${key}\` must be known before the run starts`,
      draft.matrixKeys === undefined
        ? 'Here an expression can only read `inputs` and the `matrix` of a static matrix.'
        : 'The values of this matrix are only known during the run.',
    )
  try {
    return validated(evaluateTemplate(written, { matrix: draft.matrix, inputs: file.statics.values }))
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    return fail(`\`${key}\`: ${error.message}`)
  }
}
