import { fieldOf } from '../core/field-of.ts'
import type { EffectPerformer } from '../core/effect.ts'
import { definitionsOf } from '../core/definitions.ts'
import { eventSubject } from '../core/event-subject.ts'
import type { MemoryStore } from '../core/memory.ts'
import type { Plan } from '../core/plan.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { isPersonalToken } from '../github/comment-target.ts'
import { createEffectPerformer } from '../github/effects.ts'
import type { Trust } from '../github/trust.ts'
import { lazyApi, type ActionStep } from './step.ts'

/** Keeps what the instances of a plan remember: read by every run, written by those that are trusted; undefined where no instance remembers. */
export async function memoryOf(
  step: ActionStep,
  { token }: ActionInputs,
  plan: Plan,
  { level, why }: Trust,
): Promise<MemoryStore | undefined> {
  const { repository, graphqlUrl } = step.context
  const connect = lazyApi(step, token)
  const remembers = [...definitionsOf(plan.instances)].some(({ definition }) => definition.memory !== undefined)
  if (!remembers || connect === undefined || repository === undefined) return undefined
  const { createMemoryStore } = await import('../github/memory-store.ts')
  return createMemoryStore({ connect, repository, graphqlUrl, refusal: level === 'trusted' ? undefined : why })
}

/** Does what the instances of a plan ask for on GitHub, as far as the event is trusted. */
export function performerOf(
  step: ActionStep,
  { token }: ActionInputs,
  plan: Plan,
  { level, why, remedy }: Trust,
): (redact: (text: string) => string) => EffectPerformer {
  const { workflow, job, runId, runAttempt, runUrl, repository, graphqlUrl, pullRequest, payload, sha } = step.context
  const { environment } = step
  const headBranch = fieldOf(fieldOf(payload['pull_request'], 'head'), 'ref')
  const isOwnHead = repository !== undefined && pullRequest?.headRepository === `${repository.owner}/${repository.name}`
  return (redact) =>
    createEffectPerformer({
      connect: repository === undefined ? undefined : lazyApi(step, token),
      repository: repository ?? { owner: '', name: '' },
      graphqlUrl,
      isPersonal: isPersonalToken(token),
      subject: eventSubject(payload),
      branch:
        pullRequest === undefined && environment['GITHUB_REF_TYPE'] === 'branch'
          ? environment['GITHUB_REF_NAME']
          : undefined,
      headBranch: isOwnHead && typeof headBranch === 'string' ? headBranch : undefined,
      refusal: level === 'trusted' ? undefined : `${why}${remedy === undefined ? '' : `. ${remedy}`}`,
      scope: { workflow, job, name: plan.name },
      position: { run: Number(runId), attempt: Number(runAttempt) },
      commit: pullRequest?.headSha ?? sha,
      footer: `[Workflow run](${runUrl})`,
      redact,
    })
}
