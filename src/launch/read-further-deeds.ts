import type { Deed } from '../core/effect.ts'
import { isObject } from '../core/is-object.ts'
import type { Json } from '../core/json.ts'
import { isNamed } from '../core/name-list.ts'
import type { Allowed, Reading } from './deed-reading.ts'

/** Of the inputs of a workflow: how many GitHub takes, and how many characters of them all together. */
const inputsLimit = 25
const inputsLength = 65_535

/** What is to become a commit, held against the file: in a pull request, on the event's. */
export function readPatchDeeds(
  { id, answer, problems, bounded, titleOf, bodyOf }: Reading,
  { rules: { pullRequest, push }, bounds }: Allowed,
): Deed[] {
  const { change } = answer
  if (change === undefined) return []
  if ('refused' in change) {
    problems.push(change.refused)
    return []
  }
  const deeds: Deed[] = []
  if (pullRequest !== undefined) {
    const { branch, base, branches, labels = [], reviewers, teamReviewers, draft } = pullRequest
    if (branch !== undefined) {
      if (!isBranchName(branch)) problems.push(`${JSON.stringify(branch)} is not a branch name`)
      const lists = [branches, bounds?.pullRequest?.branches].filter((list) => list !== undefined)
      if (!lists.every((list) => isNamed(branch, list)))
        problems.push(`${JSON.stringify(branch)}: not among the \`branches\` of \`pull-request\` allowed`)
    }
    const [said = null] = bounded('pullRequest', 1)
    deeds.push({
      kind: 'pull-request',
      identity: JSON.stringify([id]),
      title: titleOf('pull-request', pullRequest.title, pullRequest.titlePrefix, said),
      body: bodyOf('pull-request', pullRequest.body ?? said, true),
      branch,
      base,
      labels,
      ...(reviewers && { reviewers }),
      ...(teamReviewers && { teamReviewers }),
      draft,
      change,
    })
  }
  if (push !== undefined) {
    const branches = [push.branches, bounds?.push?.branches].filter((list) => list !== undefined)
    deeds.push({
      kind: 'push',
      identity: JSON.stringify([id]),
      title: titleOf('push', push.title ?? `Changes by ${id}`, undefined, null),
      ...(branches.length > 0 && { branches }),
      change,
    })
  }
  return deeds
}

/** The runs of workflows that an answer asks for: `true`, the name of one, or `{ workflow, inputs }`; or a list. */
export function readDispatches({ id, problems, bounded }: Reading, { rules: { dispatch }, bounds }: Allowed): Deed[] {
  if (dispatch === undefined) return []
  const { allow, ref, inputs = {}, allowInputs = [], mark, max } = dispatch
  const lists = [allow, bounds?.dispatch?.allow ?? ['*']]
  const only = allow.length === 1 && allow[0]?.includes('*') === false ? allow[0] : undefined
  return bounded('dispatch', max)
    .filter((asked) => asked !== false)
    .map((asked, index) => {
      const named = typeof asked === 'string' ? asked : isObject(asked) ? asked['workflow'] : undefined
      const workflow = named ?? only
      const isWorkflow = typeof workflow === 'string' && /^[\w.-]+\.ya?ml$/.test(workflow)
      if (!isWorkflow || !lists.every((list) => isNamed(workflow, list)))
        problems.push(
          workflow === undefined
            ? '`dispatch` names no workflow, and the file allows several'
            : `${JSON.stringify(workflow)}: not among the workflows that \`dispatch\` allows`,
        )
      const given = readInputs(isObject(asked) ? asked['inputs'] : undefined, allowInputs, problems)
      const all = { ...given, ...inputs }
      const length = Object.entries(all).reduce((sum, [name, value]) => sum + name.length + value.length, 0)
      if (Object.keys(all).length >= inputsLimit || length > inputsLength)
        problems.push(
          `GitHub takes ${inputsLimit} inputs of ${inputsLength} characters together, \`dispatch\` has more`,
        )
      return {
        kind: 'dispatch',
        identity: JSON.stringify([id, index]),
        workflow: isWorkflow ? workflow : '',
        ref,
        inputs: all,
        mark,
      }
    })
}

function readInputs(asked: Json | undefined, allowed: readonly string[], problems: string[]): Record<string, string> {
  if (asked === undefined || asked === null) return {}
  if (!isObject(asked)) {
    problems.push('the `inputs` of `dispatch` must be a map')
    return {}
  }
  const inputs: Record<string, string> = {}
  for (const [name, value] of Object.entries(asked)) {
    if (!allowed.includes(name))
      problems.push(`${JSON.stringify(name)}: not among the \`allow-inputs\` of \`dispatch\``)
    else if (typeof value === 'object')
      problems.push(`the input ${JSON.stringify(name)} of \`dispatch\` must be a string`)
    else inputs[name] = String(value)
  }
  return inputs
}

/** Whether a branch of this name needs no quoting anywhere (stricter than git). */
function isBranchName(name: string): boolean {
  return (
    /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)))[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*$/.test(name) &&
    !name.endsWith('.')
  )
}
