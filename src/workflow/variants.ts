import type { VariantRule } from '../core/instance.ts'
import type { MatrixCell } from '../core/matrix.ts'
import type { Diagnostics } from './diagnostics.ts'
import { nearestName } from './suggestion.ts'
import type { Origins, Plain } from './origins.ts'
import type { InstanceEntry } from './schema-instance.ts'

/** A variant of an instance: what it is as a cell, and as an entry of its own. */
export interface Variant {
  readonly cell: MatrixCell
  readonly entry: InstanceEntry
  /** The map of variants, in which it stands by its name. */
  readonly owner: Plain
}

/** Keys that stand for each other: a variant that says one of them says none of the others. */
const alternatives: readonly (readonly (keyof InstanceEntry)[])[] = [
  ['prompt', 'prompt-file', 'run', 'command', 'sequence', 'parallel'],
  ['agent', 'requires'],
  ['instructions', 'instructions-file'],
]

/** The variants that an entry has: each says what the entry does, but for what it says itself. Undefined where it has none. */
export function variantsOf(entry: InstanceEntry, origins: Origins): Variant[] | undefined {
  const owner = entry.strategy?.variant
  if (owner === undefined) return undefined
  return Object.entries(owner).flatMap(([name, own]) =>
    // One that is no map has been reported.
    own === undefined
      ? []
      : [
          {
            cell: { values: { variant: name }, slug: name, label: name },
            entry: overlaid(own, entry, origins),
            owner,
          },
        ],
  )
}

function overlaid(own: InstanceEntry, entry: InstanceEntry, origins: Origins): InstanceEntry {
  const { id: _, strategy: __, ...shared } = entry
  const replaced = new Set<string>(
    alternatives.filter((keys) => keys.some((key) => Object.hasOwn(own, key))).flatMap((keys) => keys),
  )
  const kept = Object.fromEntries(Object.entries(shared).filter(([key]) => !replaced.has(key)))
  const merged: InstanceEntry = { ...kept, ...own }
  if (entry.env !== undefined && own.env !== undefined) {
    merged.env = { ...entry.env, ...own.env }
    origins.overlay(merged.env, own.env, entry.env)
  }
  origins.overlay(merged, own, entry)
  return merged
}

/** By what `strategy.choose` chooses. */
export function readChoice({ strategy }: InstanceEntry): VariantRule | undefined {
  if (strategy?.variant === undefined) return undefined
  const { choose = 'commit' } = strategy
  if (typeof choose === 'string') return { by: choose }
  const { weights, labels } = choose
  return labels === undefined ? { by: 'commit', ...(weights && { weights }) } : { by: 'label', labels }
}

/** Reports what of `strategy` does not go with variants, and choices between what is not there. */
export function checkVariants(entry: InstanceEntry, origins: Origins, diagnostics: Diagnostics): void {
  const { strategy } = entry
  if (strategy === undefined) return
  const { variant, choose } = strategy
  if (variant === undefined) {
    if (choose !== undefined)
      diagnostics.error('no-variant', '`choose` needs a `variant`', origins.ofKey(strategy, 'choose'), {
        hint: 'It says which of the variants run: `variant: { a: { model: sonnet }, b: { model: opus } }`.',
      })
    return
  }
  const names = Object.keys(variant)
  if (names.length < 2)
    diagnostics.error('no-variant', '`variant` must have two variants or more', origins.ofKey(strategy, 'variant'))
  for (const key of ['matrix', 'max-instances'] as const)
    if (strategy[key] !== undefined) refuse(key, origins.ofKey(strategy, key))
  if (entry.split !== undefined) refuse('split', origins.ofKey(entry, 'split'))
  if (typeof choose !== 'object') return
  const { weights, labels } = choose
  if (weights === undefined && labels === undefined)
    diagnostics.error('missing-key', '`weights` is missing', origins.ofValue(strategy, 'choose'), {
      hint: 'Write `weights` to choose by the commit, or `labels` to choose by a label.',
    })
  if (weights !== undefined && labels !== undefined)
    diagnostics.error(
      'conflicting-keys',
      '`weights` and `labels` cannot be combined',
      origins.ofKey(choose, 'labels'),
      { hint: '`weights` choose by the commit, `labels` by a label.' },
    )
  for (const map of [weights, labels])
    for (const name of Object.keys(map ?? {}))
      if (map !== undefined && !names.includes(name)) {
        const near = nearestName(name, names)
        diagnostics.error('unknown-variant', `unknown variant \`${name}\``, origins.ofKey(map, name), {
          hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
        })
      }

  function refuse(key: string, range: ReturnType<Origins['ofKey']>): void {
    diagnostics.error('conflicting-keys', `\`${key}\` and \`variant\` cannot be combined`, range, {
      hint: 'Make the instance with the variants a member of a group, and put the other on that.',
    })
  }
}
