import { processesOf } from './definitions.ts'
import type { Plan } from './plan.ts'

/** A permission that a workflow's job must give its token, and what for. */
export interface NeededPermission {
  /** As `permissions` spells it, such as `issues`. */
  readonly scope: string
  /** Another that is as good. */
  readonly or?: string
  /** What is not done without it. */
  readonly what: string
  /** Labels of the instances that need it; empty where the file does. */
  readonly wantedBy: readonly string[]
}

/** What a plan must write on GitHub: for effects, memories, reviews and check runs; the comment of a pull request is left out, for a run can do without. */
export function neededPermissions(plan: Plan, isPullRequest: boolean): NeededPermission[] {
  const needed = new Map<string, NeededPermission & { readonly wantedBy: string[] }>()
  const need = (scope: string, what: string, label?: string, or?: string): void => {
    const known = needed.get(`${scope} ${what}`) ?? { scope, what, wantedBy: [], ...(or !== undefined && { or }) }
    needed.set(`${scope} ${what}`, known)
    if (label !== undefined && !known.wantedBy.includes(label)) known.wantedBy.push(label)
  }
  // What has a conversation is written with either (docs.github.com, "Permissions required for fine-grained personal access tokens").
  const [own, other] = isPullRequest ? ['pull-requests', 'issues'] : ['issues', 'pull-requests']
  const { check, review } = plan.report
  if (check !== undefined) need('checks', '`report.check`')
  if (review !== undefined && isPullRequest) need('pull-requests', '`report.review`')
  for (const { label, process } of processesOf(plan.instances)) {
    const { effects = {}, memory } = process
    if (effects.issue !== undefined) need('issues', '`effects.issue`', label)
    for (const kind of ['comment', 'labels', 'close'] as const)
      if (effects[kind] !== undefined) need(own, `\`effects.${kind}\``, label, other)
    if (effects.pullRequest !== undefined) {
      need('contents', '`effects.pull-request`', label)
      need('pull-requests', '`effects.pull-request`', label)
    }
    if (effects.push !== undefined) need('contents', '`effects.push`', label)
    if (effects.dispatch !== undefined) need('actions', '`effects.dispatch`', label)
    if (memory !== undefined) need('contents', '`memory`', label)
  }
  return [...needed.values()]
}
