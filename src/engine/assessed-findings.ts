import { assessFindings, type AssessedFindings } from '../findings/assess.ts'
import type { Progress } from './progress.ts'
import { isSuperseded } from './rounds.ts'

/** What the instances found by now, merged and assessed by the votes there are. */
export function findingsOf({ nodes, started }: Progress): AssessedFindings {
  const reports = nodes.flatMap((node) =>
    isSuperseded(node) ? [] : (node.last?.findings ?? []).map((finding) => ({ ...finding, agent: node.instance.id })),
  )
  const votes = nodes.flatMap(({ instance: { id, matrix }, last }) =>
    last?.opinion === undefined ? [] : [{ ...last.opinion, by: id, matrix }],
  )
  return assessFindings(reports, {
    rules: started?.plan.review,
    earlier: started?.context.earlier,
    since: started?.context.since,
    verification: { votes },
  })
}
