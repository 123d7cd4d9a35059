import type { ReportSettings } from '../core/plan.ts'
import type { ActionInputs } from '../github/inputs.ts'

/** The outputs of `mode: plan` where there is nothing to run. */
export const noShards = { matrix: '{"include":[]}', levels: '[]', 'max-parallel': '1', shards: '0' } as const

/** What a run reports by itself: a shard leaves to the collector what is for people. */
export function reportOfMode(report: ReportSettings, { mode }: Pick<ActionInputs, 'mode'>): ReportSettings {
  if (mode !== 'shard') return report
  const { summary, artifact } = report
  return { summary, comment: 'none', annotations: false, ...(artifact && { artifact }) }
}
