import type { StepReporting } from './step-reporting.ts'

/** The last line of a summary or a comment: where the logs and the artifact are, and which commit it is about. Markdown. */
export function reportFooter({ context, inputs, offers }: StepReporting): string {
  const { repository, runUrl, repositoryUrl } = context
  if (repository === undefined) return ''
  const commit = context.pullRequest?.headSha ?? context.sha
  const artifact = inputs.artifactName !== null && offers.artifacts ? ` · [Artifact](${runUrl}#artifacts)` : ''
  const about = commit === '' ? '' : ` · Commit [${commit.slice(0, 7)}](${repositoryUrl}/commit/${commit})`
  return `[Logs](${runUrl})${artifact}${about}`
}
