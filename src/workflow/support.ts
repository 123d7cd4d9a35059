import type { SourceRange } from '../core/diagnostic.ts'
import { runtimeKeys, type RuntimeFacts, type RuntimeKey } from '../core/runtime.ts'
import type { WarningKind } from '../core/expectation.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { Layer, Settings } from './settings.ts'
import { listedNames } from './listed.ts'

/** A key that stands in an entry itself, not in a map inside it. */
type WrittenKey = Exclude<RuntimeKey, `${string}.${string}`>

/** Keys that a runtime may have no spelling for. */
const writtenKeys: readonly (WrittenKey | 'instructions-file')[] = [
  ...runtimeKeys.filter((key): key is WrittenKey => !key.includes('.')),
  'instructions-file',
]

/** Whether a key depends on what the runtime can do. */
export function isRuntimeKey(key: string): key is WrittenKey {
  return writtenKeys.some((known) => known === key)
}

/**
 * Reports keys that the runtime has no spelling for. On the instance and its agent they are errors; in `defaults`, which
 * speak to all, a warning where an agent goes without. Under a fallback they are warnings, and the layers come back without them.
 * No agent goes without `safety` and `credentials: proxy`.
 */
export function checkSupport(
  draft: Draft,
  layers: readonly Layer[],
  facts: RuntimeFacts,
  compiling: Compiling,
): Layer[] {
  if (!facts.available && facts.supports.size === 0) return [...layers]
  const isFallback = layers[0]?.level === 'fallback'
  const { origins } = compiling.file
  // Whoever cannot keep a key hands it on, so that this needs no support.
  const isDirect =
    facts.kind === 'agent' && layers.find(({ values }) => values.credentials)?.values.credentials === 'direct'
  return layers.map((layer) => {
    const { level, values } = layer
    const lacking = writtenKeys.filter(
      (key) =>
        values[key] !== undefined &&
        !facts.supports.has(key === 'instructions-file' ? 'instructions' : key) &&
        !(key === 'credentials' && isDirect),
    )
    if (
      values.budget?.['cost-usd'] !== undefined &&
      !facts.supports.has('budget.cost-usd') &&
      facts.kind === 'agent' &&
      level !== 'defaults'
    )
      report(
        'warning',
        'budget.cost-usd',
        layer,
        origins.ofKey(values.budget, 'cost-usd'),
        'It is enforced from the cost the run can observe.',
      )
    const isDefault = level === 'defaults' || (isFallback && level !== 'fallback')
    if (
      values.expect?.denials !== undefined &&
      !facts.supports.has('expect.denials') &&
      !(isDefault && facts.kind === 'command')
    )
      report(
        isDefault ? 'warning' : 'error',
        'expect.denials',
        layer,
        origins.ofKey(values.expect, 'denials'),
        hintFor('expect.denials', facts, compiling),
      )
    for (const untold of untoldWarnings(values, facts))
      if (!(isDefault && facts.kind === 'command'))
        compiling.diagnostics[isDefault ? 'warning' : 'error'](
          'untold-warning',
          untold === 'all'
            ? `the runtime \`${facts.name}\` reports no warnings`
            : `the runtime \`${facts.name}\` does not report \`${untold}\``,
          origins.ofKey(values.expect ?? values, 'no-warnings'),
          {
            hint:
              facts.tells === undefined
                ? facts.kind === 'command'
                  ? '`no-warnings` is for agents; remove it, or use `prompt`.'
                  : undefined
                : `It reports ${listedNames(facts.tells, 'and')}; nothing can be concluded from its silence about others.`,
          },
        )
    for (const key of lacking) {
      if (level === 'defaults' && facts.kind === 'command') continue
      const range = origins.ofKey(values, key)
      // To go without `safety` would be to do more than was allowed, without `credentials: proxy` to hold a key that was to be kept.
      const isDroppable = key !== 'safety' && values[key] !== 'proxy'
      if (isDroppable && isFallback && level !== 'fallback')
        report('warning', key, layer, range, 'The fallback ignores it.')
      else if (isDroppable && level === 'defaults') report('warning', key, layer, range, 'It is ignored.')
      else report('error', key, layer, range, hintFor(key, facts, compiling))
    }
    if (lacking.length === 0 || !isFallback) return layer
    const kept = Object.fromEntries(Object.entries(values).filter(([key]) => !lacking.some((name) => name === key)))
    origins.alias(kept, values)
    return { level, values: kept }
  })

  function report(
    severity: 'error' | 'warning',
    key: string,
    owner: Layer,
    range: SourceRange,
    hint: string | undefined,
  ): void {
    const isOwn = owner.level === 'instance' || owner.level === 'fallback' || !draft.isFirst
    compiling.diagnostics[severity](
      'unsupported-key',
      `the runtime \`${facts.name}\` does not support \`${key}\``,
      range,
      {
        hint,
        notes: isOwn ? [] : [{ message: `for \`${draft.id}\``, range: origins.ofKey(draft.owner, draft.ownerKey) }],
      },
    )
  }
}

/** Reports a tier of `safety` that the runtime cannot keep to, wherever it is asked for. */
export function checkSafety(draft: Draft, settings: Settings, facts: RuntimeFacts, compiling: Compiling): void {
  const setting = settings.find('safety')
  if (setting === undefined || facts.kind === 'command' || !facts.supports.has('safety')) return
  if (facts.safety === undefined || facts.safety.has(setting.value)) return
  const { origins } = compiling.file
  const able = [...compiling.runtimes.values()].filter(
    (other) => other.available && other.supports.has('safety') && (other.safety?.has(setting.value) ?? true),
  )
  const own = `It supports ${listedNames(facts.safety, 'and')}.`
  compiling.diagnostics.error(
    'unsupported-safety',
    `the runtime \`${facts.name}\` does not support \`safety: ${setting.value}\``,
    origins.ofValue(setting.owner, 'safety'),
    {
      hint:
        able.length === 0
          ? own
          : `${own} ${listedNames(
              able.map(({ name }) => name),
              'and',
            )} ${able.length === 1 ? 'does' : 'do'}.`,
      notes:
        setting.level === 'instance' || !draft.isFirst
          ? []
          : [{ message: `for \`${draft.id}\``, range: origins.ofKey(draft.owner, draft.ownerKey) }],
    },
  )
}

function hintFor(key: string, facts: RuntimeFacts, { runtimes }: Compiling): string | undefined {
  if (facts.kind === 'command') return `\`${key}\` is for agents; remove it, or use \`prompt\`.`
  const able = [...runtimes.values()].filter(
    (other) => other.available && other.kind === 'agent' && [...other.supports].some((known) => known === key),
  )
  return able.length === 0
    ? undefined
    : `${listedNames(
        able.map(({ name }) => name),
        'and',
      )} ${able.length === 1 ? 'supports' : 'support'} it.`
}

/** The warnings that must not be and that a runtime would never tell. */
function untoldWarnings({ expect }: Layer['values'], { tells }: RuntimeFacts): (WarningKind | 'all')[] {
  const wanted = expect?.['no-warnings']
  if (wanted === undefined || wanted === false) return []
  if (tells === undefined) return ['all']
  return wanted === true ? [] : wanted.filter((kind) => kind !== undefined && !tells.has(kind))
}
