import { messageOf } from '../core/message-of.ts'
import { positionIn } from '../github/comment-key.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { readPosting } from '../github/posting.ts'
import type { StepReporting } from '../github/step-reporting.ts'
import { sealedWord } from '../journal/seal.ts'
import { lazyApi, runDirectoryState, sealOf, type ActionStep } from './step.ts'

/** Name under which `main` leaves to `post` the comment that the run keeps up to date. */
const commentState = 'comment'

/** Leaves the run directory, without which `post` cannot make up for what `main` has no time for. The reporting it returns leaves the id of the comment as well. */
export function leaveToPost(step: ActionStep, directory: string, reporting: StepReporting): StepReporting {
  const leave = (name: string, value: string, what: string): void => {
    try {
      step.files.saveState(name, value)
    } catch (error) {
      step.commands.annotate('warning', `The post step will not know about ${what}: ${messageOf(error)}`)
    }
  }
  leave(runDirectoryState, directory, 'this run')
  return {
    ...reporting,
    leaveComment(id) {
      const word = wordFor(step, String(id))
      if (word !== undefined) leave(commentState, `${id} ${word}`, 'the comment of this run')
    },
  }
}

/**
 * Ends the comment of a run whose record cannot be believed: it would go on saying that the run is going on. `why` is a clause. Does nothing where this run
 * has left none, and rejects as the API does.
 */
export async function endLeftComment(
  step: ActionStep,
  { token }: ActionInputs,
  why: string,
  signal: AbortSignal,
): Promise<void> {
  const [id = '', word = ''] = (step.environment[`STATE_${commentState}`] ?? '').split(' ')
  const connect = lazyApi(step, token)
  const { repository, runId, runAttempt } = step.context
  if (connect === undefined || repository === undefined || !isSame(word, wordFor(step, id))) return
  const api = await connect()
  const place = { owner: repository.owner, repo: repository.name, comment_id: Number(id) }
  const { body } = readPosting(
    (await api('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', place, signal)).data,
  )
  const shown = positionIn(body)
  if (shown?.run !== Number(runId) || shown.attempt !== Number(runAttempt)) return
  // What earlier runs took is kept for later ones.
  const [marker = ''] = /^(?:<!--[^]*?-->\s*)+/.exec(body) ?? []
  const text = `### ⚠️ The run has ended without a report\n\nIts orchestrator was killed, and its record was changed afterwards: ${why}. None of it is reported; what the job printed is in its log.\n`
  await api('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...place, body: marker + text }, signal)
}

/** The event is left out, for its file may have been changed: the comment is this run's whatever that says. */
function wordFor(step: ActionStep, id: string): string | undefined {
  const seal = sealOf(step)
  const { runId, runAttempt, job } = step.context
  return seal && sealedWord({ key: seal.key, about: JSON.stringify([commentState, runId, runAttempt, job]) }, id)
}

function isSame(one: string, other: string | undefined): boolean {
  if (other === undefined || one.length !== other.length) return false
  return process.getBuiltinModule('node:crypto').timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
