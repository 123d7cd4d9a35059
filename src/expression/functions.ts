import { DeepJsonError, parseJson } from '../core/parse-json.ts'
import type { Json } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'
import { messageOf } from '../core/message-of.ts'
import { createPathFilter } from '../core/path-filter.ts'
import * as data from '@actions/expressions/data/index'
import { wellKnownFunctions } from '@actions/expressions/funcs'
import type { FunctionDefinition, FunctionInfo } from '@actions/expressions/funcs/info'
import { statusFunctions, type StatusFunction } from '../core/status-functions.ts'
import { toJson, wrapJson } from './wrapped-json.ts'

/** The four functions about the outcomes of what came before, as the caller of an evaluation knows them. */
export interface StatusFunctions {
  success(): boolean
  failure(): boolean
  always(): boolean
  cancelled(): boolean
}

/** A function of the language, by its name in lower case, with the spelling people write. */
export interface LanguageFunction extends FunctionInfo {
  /** `read` gives the contexts. */
  call(
    args: data.ExpressionData[],
    status: StatusFunctions | undefined,
    read: (context: string) => Json,
  ): data.ExpressionData
}

/** Whether a name, in any case, is one of `success failure always cancelled`. */
export function isStatusFunction(name: string): boolean {
  return statusFunctions.some((status) => status === name.toLowerCase())
}

/** Why `hashFiles` is not there although GitHub has it. */
export const hashFilesMessage =
  '`hashFiles` is not available: a plan depends on its file and inputs alone, never on the working tree'

/** How the documentation spells the functions whose library name is spelled otherwise. */
const spellings = new Map([
  ['fromjson', 'fromJSON'],
  ['tojson', 'toJSON'],
])

/** The function that asks whether a changed file matches; its arguments are filters as in `paths`. */
export const matchesFunction = 'changes.matches'

/**
 * Every function of the language by its lower-case name. A map, because the library's own table is an object
 * on which `constructor` is found. JSON goes through our lazy values, which also survive keys like `__proto__`.
 */
export const languageFunctions: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ...Object.entries(wellKnownFunctions).map(([key, definition]) => [key, builtin(key, definition)] as const),
  ...statusFunctions.map((name) => [name, statusFunction(name)] as const),
  [matchesFunction, { name: matchesFunction, minArgs: 1, maxArgs: Infinity, call: matchChanges }],
  ['fromjson', { name: 'fromJSON', minArgs: 1, maxArgs: 1, call: ([value]) => fromJson(value) }],
  ['tojson', { name: 'toJSON', minArgs: 1, maxArgs: 1, call: ([value]) => new data.StringData(indented(value)) }],
])

function builtin(key: string, definition: FunctionDefinition): LanguageFunction {
  const { minArgs, maxArgs } = definition
  const name = spellings.get(key) ?? definition.name
  return { name, minArgs, maxArgs, call: (args) => definition.call(...args) }
}

function statusFunction(name: StatusFunction): LanguageFunction {
  return {
    name,
    minArgs: 0,
    maxArgs: 0,
    call: (_args, status) => {
      if (status === undefined) throw new Error(`\`${name}()\` is not allowed here`)
      return new data.BooleanData(status[name]())
    },
  }
}

/** A renamed file matches where it was and where it is. */
function matchChanges(
  filters: readonly data.ExpressionData[],
  _status: StatusFunctions | undefined,
  read: (context: string) => Json,
): data.ExpressionData {
  const changes = read('changes')
  const files = isObject(changes) ? changes['files'] : undefined
  if (!Array.isArray(files)) throw new Error('it is not known here what changed')
  const passes = createPathFilter(filters.map((filter) => filter.coerceString()))
  const isChanged = (file: Json): boolean =>
    isObject(file) && [file['path'], file['previous-path']].some((path) => typeof path === 'string' && passes(path))
  return new data.BooleanData(files.some(isChanged))
}

function fromJson(value: data.ExpressionData | undefined): data.ExpressionData {
  const text = value?.coerceString() ?? ''
  if (text.trim() === '') throw new Error('`fromJSON` was given an empty string')
  try {
    return wrapJson(parseJson(text))
  } catch (error) {
    const what = error instanceof DeepJsonError ? error.message : `not JSON: ${messageOf(error)}`
    throw new Error(`\`fromJSON\` was given text that is ${what}`, { cause: error })
  }
}

function indented(value: data.ExpressionData | undefined): string {
  return JSON.stringify(toJson(value), null, 2)
}
