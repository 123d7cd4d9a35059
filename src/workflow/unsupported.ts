import type { RuntimeFacts } from '../core/runtime.ts'
import type { Compiling } from './compiling.ts'
import type { ProcessDraft } from './draft.ts'
import { listedNames } from './listed.ts'
import type { Plain } from './origins.ts'
import type { SettingKey, Settings } from './settings.ts'
import { runtimeNames } from './runtime-names.ts'
import { orchestrationShape, type Keys, type Shape } from './shape.ts'

/**
 * Reports what an instance asks for that this version cannot do, and returns it for the plan: such an instance fails with
 * reason `unsupported`. That is an error, unless the instance may be skipped or its failure lets others go on.
 */
export function checkUnsupported(
  draft: ProcessDraft,
  settings: Settings,
  facts: RuntimeFacts,
  compiling: Compiling,
): string[] {
  const unsupported: string[] = []
  const severity = isCertain(draft, settings) ? 'error' : 'warning'
  const hint =
    severity === 'error'
      ? 'Remove it: an instance that asks for it cannot run.'
      : 'If this instance starts, it fails, and `continue-on-error` does not forgive that.'
  const { origins } = compiling.file
  if (!facts.available) {
    unsupported.push(`runtime ${facts.name}`)
    const setting = settings.find('runtime')
    compiling.diagnostics[severity](
      'unsupported',
      `the runtime \`${facts.name}\` is not supported yet`,
      setting === undefined ? origins.ofKey(draft.owner, draft.ownerKey) : origins.ofValue(setting.owner, 'runtime'),
      { hint: severity === 'error' ? supportedRuntimes(facts, compiling) : hint },
    )
  }
  for (const key of settingKeys()) {
    const setting = settings.find(key)
    const shape = setting && keysOfSettings()?.get(key)
    if (setting === undefined || shape === undefined) continue
    for (const found of unsupportedIn(shape, setting.value, setting.owner, key)) {
      unsupported.push(found.path)
      compiling.diagnostics[severity](
        'unsupported',
        `\`${found.path}\` is not supported yet`,
        origins.ofKey(found.owner, found.key),
        { hint },
      )
    }
  }
  return unsupported
}

/** Warns of a fallback to a runtime that this version cannot start. */
export function checkFallbackRuntime(owner: Plain, key: string, facts: RuntimeFacts, compiling: Compiling): void {
  if (facts.available) return
  compiling.diagnostics.warning(
    'unsupported',
    `the runtime \`${facts.name}\` is not supported yet`,
    compiling.file.origins.ofValue(owner, key),
    { hint: `The fallback fails when it is tried. ${supportedRuntimes(facts, compiling)}` },
  )
}

interface Found {
  /** `permissions.ask` */
  readonly path: string
  readonly owner: Plain
  readonly key: string
}

/** What in a value the schema marks as unsupported; `false`, `none` and an empty list ask for nothing. */
function unsupportedIn(shape: Shape, value: unknown, owner: Plain, key: string, path = key): Found[] {
  if (value === undefined || value === false || value === 'none') return []
  if (shape.unsupported) return [{ path, owner, key }]
  if (typeof value !== 'object' || value === null) return []
  const keys = shape.keys ?? shape.alternatives?.find((of) => of.keys !== undefined)?.keys
  if (keys === undefined) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const of = keys.get(name)
    return of === undefined ? [] : unsupportedIn(of, inner, value, name, `${path}.${name}`)
  })
}

/** Whether an instance starts if all goes well, and fails the run when it fails. */
function isCertain(draft: ProcessDraft, settings: Settings): boolean {
  const { entry, groups } = draft
  const forgives = (value: unknown): boolean => value !== undefined && value !== false
  if (forgives(settings.find('continue-on-error')?.value)) return false
  return [entry, ...groups].every(
    ({ if: condition, needs, 'continue-on-error': forgiven }) =>
      condition === undefined &&
      !forgives(forgiven) &&
      [needs ?? []]
        .flat()
        .every((edge) => typeof edge !== 'object' || edge.when === undefined || edge.when === 'success'),
  )
}

function supportedRuntimes({ kind }: RuntimeFacts, { runtimes }: Compiling): string {
  const able = [...runtimes.values()].filter((other) => other.available && other.kind === kind)
  return `Supported: ${listedNames(
    able.map(({ name }) => name),
    'and',
    'none',
  )}.`
}

let known: readonly SettingKey[] | undefined

/** The keys that are asked for of every instance. */
function settingKeys(): readonly SettingKey[] {
  return (known ??= (keysOfSettings()?.names ?? []).filter(isSettingKey))
}

function isSettingKey(key: string): key is SettingKey {
  return runtimeNames.every((name) => name !== key)
}

function keysOfSettings(): Keys | undefined {
  return orchestrationShape().keys?.get('defaults')?.keys
}
