import type { Json, JsonObject } from '../core/json.ts'
import type { InputDeclaration, Plan } from '../core/plan.ts'
import { nearestName } from './suggestion.ts'

/**
 * The values of a plan's inputs, from texts as they come from a command line or a workflow: typed as declared, defaults
 * where none is given. Each problem is one sentence.
 */
export function resolveInputs(
  declared: Plan['inputs'],
  given: Readonly<Record<string, string>>,
): { inputs: JsonObject; problems: string[] } {
  const problems = judgeInputs(declared, given)
  const values: [string, Json][] = []
  for (const [name, declaration] of Object.entries(declared)) {
    const text = Object.hasOwn(given, name) ? given[name] : undefined
    if (text === undefined) {
      if (declaration.required && declaration.default === undefined) problems.push(`the input \`${name}\` is required`)
      values.push([name, declaration.default ?? emptyValue(declaration)])
      continue
    }
    const value = readInput(text, declaration)
    if (value !== undefined) values.push([name, value])
  }
  return { inputs: Object.fromEntries(values), problems }
}

/** What is wrong with values that were given, a sentence each; one that is required may be given later. */
export function judgeInputs(declared: Plan['inputs'], given: Readonly<Record<string, string>>): string[] {
  const strangers: string[] = []
  const unfit: string[] = []
  for (const [name, text] of Object.entries(given)) {
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined
    if (declaration === undefined) {
      const near = nearestName(name, Object.keys(declared))
      strangers.push(`unknown input \`${name}\`${near === undefined ? '' : `, did you mean \`${near}\`?`}`)
    } else if (readInput(text, declaration) === undefined)
      unfit.push(`the input \`${name}\` must be ${wanted(declaration)}, found \`${text}\``)
  }
  return [...strangers, ...unfit]
}

/** The same for values that several files share: at least one of them must declare each. */
export function judgeSharedInputs(files: readonly Plan['inputs'][], given: Readonly<Record<string, string>>): string[] {
  const all: Plan['inputs'] = Object.assign({}, ...files)
  const pick = (from: Plan['inputs'], isIn: boolean) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(from, name) === isIn))
  return [...judgeInputs(all, pick(all, false)), ...files.flatMap((file) => judgeInputs(file, pick(file, true)))]
}

/** A given text as its input's type has it; undefined when it cannot be one. */
export function readInput(text: string, { type, options }: InputDeclaration): Json | undefined {
  switch (type) {
    case 'string':
      return text
    case 'choice':
      return options?.includes(text) === true ? text : undefined
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'number':
      break
  }
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
}

function wanted({ type, options }: InputDeclaration): string {
  if (type === 'choice') return `one of ${(options ?? []).map((option) => `\`${option}\``).join(', ')}`
  return type === 'boolean' ? '`true` or `false`' : type === 'number' ? 'a number' : 'a string'
}

/** What an input is that nobody gave: as in `workflow_dispatch`, where everything arrives as something. */
export function emptyValue({ type }: Pick<InputDeclaration, 'type'>): Json {
  return type === 'boolean' ? false : type === 'number' ? null : ''
}
