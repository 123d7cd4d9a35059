import { assessFindings, type AssessedFindings } from '../findings/assess.ts'
import type { Progress } from './progress.ts'
import { isSuperseded } from './rounds.ts'

/** What the instances found by now, merged and assessed; with `isOver`, nobody verifies any more. */
export function findingsOf({ nodes, started }: Progress, isOver: boolean): AssessedFindings {
  const reports = nodes.flatMap((node) =>
    isSuperseded(node) ? [] : (node.last?.findings ?? []).map((finding) => ({ ...finding, agent: node.instance.id })),
  )
  const isVerified = nodes.some(
    ({ instance }) => instance.kind === 'gate' && instance.expansion?.candidates !== undefined,
  )
  const votes = !isVerified
    ? []
    : nodes.flatMap(({ instance: { id, matrix }, last }) =>
        last?.opinion === undefined ? [] : [{ ...last.opinion, by: id, matrix }],
      )
  return assessFindings(reports, {
    rules: started?.plan.review,
    earlier: started?.context.earlier,
    since: started?.context.since,
    verification: isVerified ? { votes, isOver } : undefined,
  })
}
