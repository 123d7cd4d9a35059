import type { StepReporting } from './step-reporting.ts'
import type { CommentTarget } from './sticky-comment.ts'

/** How the step comments: as its input says, else the file. */
export function commentFormOf({ inputs, settings }: StepReporting): 'sticky' | 'new' | 'none' {
  return inputs.comment ?? settings.comment
}

/** The pull request of the step's event; undefined where there is none. */
export function targetOf({ context, inputs }: Pick<StepReporting, 'context' | 'inputs'>): CommentTarget | undefined {
  const { repository, pullRequest, graphqlUrl } = context
  if (repository === undefined || pullRequest === undefined) return undefined
  const isPersonal = isPersonalToken(inputs.token)
  return { owner: repository.owner, repo: repository.name, number: pullRequest.number, graphqlUrl, isPersonal }
}

/** Whether a token is a person's, as its shape says; others are an app's. */
export function isPersonalToken(token: string): boolean {
  return /^(?:gh[opu]_|github_pat_)/.test(token)
}
