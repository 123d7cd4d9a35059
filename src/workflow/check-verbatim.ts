import { hasExpression } from '../expression/template.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins, Plain } from './origins.ts'
import type { DefaultsEntry } from './schema.ts'

/** Keys whose inline maps go to the CLI as they are. */
const verbatimKeys = ['mcp', 'output-schema'] as const

/** Refuses expressions in maps that are not rendered, at any depth: they would reach the CLI as text. */
export function checkVerbatim(
  values: Pick<DefaultsEntry, (typeof verbatimKeys)[number]>,
  origins: Origins,
  diagnostics: Diagnostics,
): void {
  for (const key of verbatimKeys) {
    const map = values[key]
    if (typeof map === 'object') check(map, `\`${key}\``)
  }

  function check(collection: Plain, label: string): void {
    const isList = Array.isArray(collection)
    for (const [key, item] of Object.entries(collection)) {
      if (!isList && hasExpression(key)) refuse(label, origins.ofKey(collection, key))
      if (typeof item === 'string' && hasExpression(item)) refuse(label, origins.ofValue(collection, key))
      else if (typeof item === 'object' && item !== null) check(item, label)
    }
  }

  function refuse(label: string, range: ReturnType<Origins['ofKey']>): void {
    diagnostics.error('expression-not-allowed', `${label} cannot contain an expression`, range, {
      hint: 'It is passed to the CLI unchanged; write the value itself.',
    })
  }
}
