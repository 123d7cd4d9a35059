import { isObject } from '../core/is-object.ts'
import type { SourceRange } from '../core/diagnostic.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Origins, Plain } from './origins.ts'
import type { DefaultsEntry } from './schema.ts'
import type { InstanceEntry } from './schema-instance.ts'
import { rangeAt, type SourceFile } from './source-file.ts'

/** What a text with expressions is used for, which decides what they may read. */
export type Role = 'text' | 'script' | 'condition' | 'edge' | 'until' | 'outputs' | 'matrix'

/** A text that may hold expressions, and how to show a stretch of it. */
export interface ExpressionPlace {
  readonly text: string
  readonly role: Role
  rangeOf(offset: number, length: number): SourceRange
}

/** Template keys that entries, agents and `defaults` share. */
const templateKeys = ['model', 'instructions', 'working-directory'] as const
const templateLists = ['args', 'attach'] as const

/** Every text of a draft that may hold expressions. */
export function placesOf(draft: Draft, compiling: Compiling): ExpressionPlace[] {
  const { entry, kind } = draft
  const { origins } = compiling.file
  const places: ExpressionPlace[] = []
  const at = (text: unknown, role: Role, owner: Plain, key: string | number): void => {
    if (typeof text === 'string') places.push(placeAt(text, role, owner, key, origins))
  }
  if (draft.isEntrance && kind !== 'group') {
    at(entry.if, 'condition', entry, 'if')
    for (const item of Array.isArray(entry.needs) ? entry.needs : [entry.needs])
      if (typeof item === 'object') at(item.when, 'edge', item, 'when')
  }
  if (kind === 'gate') {
    if (draft.expansion !== undefined && entry.strategy !== undefined)
      matrixPlaces(entry.strategy.matrix, entry.strategy, 'matrix')
    return places
  }
  if (kind === 'group' && draft.form === 'matrix') return places
  for (const key of Object.keys(entry.outputs ?? {})) at(entry.outputs?.[key], 'outputs', entry.outputs ?? {}, key)
  at(entry['continue-on-error'], 'text', entry, 'continue-on-error')
  if (kind === 'group') {
    at(entry.repeat?.until, 'until', entry.repeat ?? {}, 'until')
    return places
  }
  at(entry.prompt, 'text', entry, 'prompt')
  at(entry.run, 'script', entry, 'run')
  const effects = draft.closes ? draft.groups.at(-1)?.effects : entry.effects
  // One that is no map has been reported.
  for (const rule of Object.values(effects ?? {}).filter((each) => isObject<object>(each)))
    for (const key of ['title', 'body', 'key', 'on', 'branch', 'base', 'ref'])
      at(Reflect.get(rule, key), 'text', rule, key)
  const dispatched = effects?.dispatch?.inputs ?? {}
  for (const key of Object.keys(dispatched)) at(dispatched[key], 'text', dispatched, key)
  for (const [index, item] of (entry.command ?? []).entries()) at(item, 'script', entry.command ?? [], index)
  filePlace(entry['prompt-file'])
  filePlace(entry['instructions-file'])
  sharedPlaces(entry, at)
  for (const group of draft.groups) environmentPlaces(group, at)
  return places

  function filePlace(path: string | undefined): void {
    const file = path === undefined ? undefined : compiling.texts.get(path)
    if (file !== undefined) places.push(placeInFile(file))
  }

  /** A dynamic matrix may hold expressions at any depth. */
  function matrixPlaces(value: unknown, owner: Plain, key: string | number): void {
    if (typeof value === 'string') at(value, 'matrix', owner, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) matrixPlaces(item, value, name)
  }
}

/** The texts of an agent or of `defaults`, which know no single instance. */
export function sharedPlacesOf(values: DefaultsEntry, compiling: Compiling): ExpressionPlace[] {
  const { origins } = compiling.file
  const places: ExpressionPlace[] = []
  sharedPlaces(values, (text, role, owner, key) => {
    if (typeof text === 'string') places.push(placeAt(text, role, owner, key, origins))
  })
  if (typeof values['continue-on-error'] === 'string')
    places.push(placeAt(values['continue-on-error'], 'text', values, 'continue-on-error', origins))
  const path = values['instructions-file']
  const file = path === undefined ? undefined : compiling.texts.get(path)
  if (file !== undefined) places.push(placeInFile(file))
  return places
}

/** One text of a map or list. */
export function placeAt(
  text: string,
  role: Role,
  owner: Plain,
  key: string | number,
  origins: Origins,
): ExpressionPlace {
  return { text, role, rangeOf: (offset, length) => origins.inside(owner, key, offset, length) }
}

type AddPlace = (text: unknown, role: Role, owner: Plain, key: string | number) => void

function sharedPlaces(values: DefaultsEntry & Pick<InstanceEntry, 'env'>, at: AddPlace): void {
  for (const key of templateKeys) at(values[key], 'text', values, key)
  for (const key of templateLists)
    for (const [index, item] of (values[key] ?? []).entries()) at(item, 'text', values[key] ?? [], index)
  environmentPlaces(values, at)
  if (typeof values.cache === 'object') {
    const { paths = [], key } = values.cache
    for (const [index, item] of paths.entries()) at(item, 'text', paths, index)
    at(key, 'text', values.cache, 'key')
  }
  const { concurrency } = values
  if (typeof concurrency === 'object') at(concurrency.group, 'text', concurrency, 'group')
  else at(concurrency, 'text', values, 'concurrency')
}

function environmentPlaces({ env }: Pick<InstanceEntry, 'env'>, at: AddPlace): void {
  for (const key of Object.keys(env ?? {})) at(env?.[key], 'text', env ?? {}, key)
}

function placeInFile(file: SourceFile): ExpressionPlace {
  return { text: file.text, role: 'text', rangeOf: (offset, length) => rangeAt(file, offset, offset + length) }
}
