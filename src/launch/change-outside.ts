import type { EffectPerformer } from '../core/effect.ts'
import type { AttemptEnded, RunEvent } from '../core/event.ts'
import type { Failure, StopCause } from '../core/failure.ts'
import { maskJson } from '../core/mask-json.ts'
import type { Redactor } from '../core/redactor.ts'
import type { Task } from '../core/task.ts'
import { describeDeeds, readDeeds, type Answer } from './read-deeds.ts'

/** What doing on GitHub what an instance asks for needs. */
export interface Outside {
  readonly effects?: EffectPerformer
  /** The issue or pull request that the run is about, where something is only shown. */
  readonly subject?: number
  readonly redactor: Redactor
  readonly emit: (event: RunEvent) => void
  /** Why the attempt was told to stop: then nothing is begun any more. */
  readonly stopped: () => StopCause | undefined
}

/**
 * Does on GitHub what an instance asks for, after it has ended as `ended` says: held against the file, announced in the journal, done. Where nothing may be
 * changed (at a desk, under simulation) it is shown. Answers with why it could not be done.
 */
export async function changeOutside(
  task: Task,
  ended: AttemptEnded,
  answer: Answer,
  { effects, subject = deskSubject, redactor, emit, stopped }: Outside,
): Promise<Failure | undefined> {
  if (task.effects === undefined) return undefined
  const json = answer.json === undefined ? undefined : maskJson(answer.json, redactor)
  const shown = { ...answer, json }
  const read = readDeeds(task.id, task.effects, shown, effects === undefined ? subject : effects.subject)
  if ('refused' in read) return { kind: 'denied', detail: `nothing was changed on GitHub: ${read.refused}` }
  const { deeds } = read
  if (deeds.length === 0) return undefined
  if (effects === undefined) {
    const message = `it would be done on GitHub in a workflow and without simulation: ${describeDeeds(deeds)}`
    emit({ type: 'notice', level: 'notice', id: task.id, message })
    return undefined
  }
  if (effects.refusal !== undefined)
    return { kind: 'denied', detail: `nothing was changed on GitHub: ${effects.refusal}` }
  if (stopped() === undefined)
    emit({ type: 'effect.started', id: task.id, attempt: task.attempt, effect: { kind: 'github', deeds }, ended })
  const cause = stopped()
  if (cause !== undefined) return { kind: 'cancelled', cause, detail: 'nothing was changed on GitHub' }
  const problem = await effects.perform(deeds)
  return problem === undefined ? undefined : { kind: 'denied', detail: problem }
}

/** Stands for the issue of an event where there is none. */
const deskSubject = 1
