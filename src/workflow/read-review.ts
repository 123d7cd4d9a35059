import type { FindingsGate, ReviewRules, ReviewSettings } from '../core/finding.ts'
import type { Compiling } from './compiling.ts'
import type { OrchestrationFile } from './schema.ts'

type ReviewEntry = NonNullable<OrchestrationFile['review']>
type ReportEntry = NonNullable<OrchestrationFile['report']>

/** `review` of a file with all that it includes: of each key, what the last document says. */
export function reviewEntry(documents: readonly OrchestrationFile[]): ReviewEntry {
  return Object.assign({}, ...documents.map(({ review }) => review))
}

/** Which findings count; undefined where the file does not say. */
export function readRules(entry: ReviewEntry): ReviewRules | undefined {
  const { 'min-agents': minAgents, 'min-confidence': minConfidence, 'min-severity': minSeverity, categories } = entry
  const rules: ReviewRules = {
    ...(minAgents !== undefined && { minAgents }),
    ...(minConfidence !== undefined && { minConfidence }),
    ...(minSeverity !== undefined && { minSeverity }),
    // An item that is no text has been reported, and left a hole.
    ...(categories !== undefined && { categories: categories.flatMap((each?: string) => each?.toLowerCase() ?? []) }),
    ...(entry['pre-existing'] === false && { newCodeOnly: true }),
  }
  return Object.keys(rules).length === 0 ? undefined : rules
}

/** How findings are posted; undefined where they are not. What `review` says is posted unless `report.review` is switched off. */
export function readPosting(entry: ReportEntry['review'], review: ReviewEntry): ReviewSettings | undefined {
  const { verdict, 'max-comments': maxComments } = review
  const isWanted = entry ?? (verdict !== undefined || maxComments !== undefined)
  if (isWanted === false || isWanted === 'none') return undefined
  const own = typeof entry === 'object' ? entry : {}
  return {
    maxComments: maxComments ?? own['max-comments'] ?? 30,
    ...(own.severity !== undefined && { severity: own.severity }),
    ...(own.scope === 'changed' && { scope: own.scope }),
    ...((verdict ?? own.verdict) === 'request-changes' && { requestsChanges: true }),
  }
}

/** `report.fail-on`. */
export function readGate(entry: ReportEntry['fail-on']): FindingsGate | undefined {
  if (entry === undefined) return undefined
  const { 'new-only': newOnly, ...gate } = entry
  return { ...gate, ...(newOnly === true && { newOnly }) }
}

/** Reports what is said in two places, of which one would be ignored. */
export function checkPosting({ file, diagnostics }: Compiling): void {
  for (const key of ['verdict', 'max-comments'] as const)
    for (const { report, review } of file.documents) {
      const own = report?.review
      if (typeof own !== 'object' || own[key] === undefined || review?.[key] === undefined) continue
      diagnostics.error(
        'conflicting-keys',
        `\`review.${key}\` and \`report.review.${key}\` cannot be combined`,
        file.origins.ofKey(own, key),
        {
          hint: 'Keep one of them.',
          notes: [{ message: 'the other one is here', range: file.origins.ofKey(review, key) }],
        },
      )
    }
}
