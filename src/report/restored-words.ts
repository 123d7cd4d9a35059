import type { KeyDifference } from '../core/kept-outcome.ts'
import type { InstanceState } from '../core/run-state.ts'
import { sumAccounting, type Accounting } from '../core/usage.ts'
import { describeCost, describeTokens, formatPlural } from './quantities.ts'
import type { ReportRow } from './report-model.ts'

/** What the instances of a run did not consume because earlier runs had; undefined where none was restored. */
export function savedBy(
  rows: readonly Pick<ReportRow, 'restored'>[],
): { readonly instances: number; readonly accounting: Accounting } | undefined {
  const restored = rows.flatMap((row) => row.restored ?? [])
  if (restored.length === 0) return undefined
  return { instances: restored.length, accounting: sumAccounting(restored.map(({ saved }) => saved)) }
}

/** `3 instances restored, which saved 12,345 tokens and $0.12`; empty where none was. */
export function describeSaved(rows: readonly Pick<ReportRow, 'restored'>[]): string {
  const saved = savedBy(rows)
  if (saved === undefined) return ''
  const what = [describeTokens(saved.accounting), describeCost(saved.accounting)].filter((part) => part !== '')
  const effect = what.length === 0 ? '' : `, which saved ${what.join(' and ')}`
  return `${formatPlural(saved.instances, 'instance')} restored${effect}`
}

/** `restored, saved 12,345 tokens · $0.12`; empty where the instance ran. */
export function describeRestored({ attempts }: Pick<InstanceState, 'attempts'>): string {
  const restored = attempts.at(-1)?.restored
  if (restored === undefined) return ''
  const what = [describeTokens(restored.saved), describeCost(restored.saved)].filter((part) => part !== '')
  return what.length === 0 ? 'restored' : `restored, saved ${what.join(' · ')}`
}

/** `files (src/a.ts, src/b.ts and 3 more), prompt`: what of a content key differs. */
export function describeDifferences(differs: readonly KeyDifference[]): string {
  return differs
    .map(({ part, names, more = 0 }) => {
      const all = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
      return all === '' ? part : `${part} (${all})`
    })
    .join(', ')
}
