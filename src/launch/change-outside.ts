import type { Deed, DoneDeed, EffectPerformer, GithubEffect } from '../core/effect.ts'
import type { AttemptEnded, RunEvent } from '../core/event.ts'
import type { Failure, StopCause } from '../core/failure.ts'
import { maskJson } from '../core/mask-json.ts'
import type { Redactor } from '../core/redactor.ts'
import type { Task } from '../core/task.ts'
import { explainExcess } from './effect-bounds.ts'
import type { LauncherOptions } from './launcher-options.ts'
import type { Answer } from './deed-reading.ts'
import { describeDeeds, readDeeds } from './read-deeds.ts'

/** What doing on GitHub what an instance asks for needs. */
export interface Outside extends Pick<LauncherOptions, 'effects' | 'bounds'> {
  /** The issue or pull request that the run is about, where something is only shown. */
  readonly subject?: number
  readonly redactor: Redactor
  readonly emit: (event: RunEvent) => void
  /** Why the attempt was told to stop: then nothing is begun any more. */
  readonly stopped: () => StopCause | undefined
  /** What instances have asked for in this run, by instance. */
  readonly asked: Map<string, readonly Deed[]>
}

/**
 * Does on GitHub what an instance asks for, after it has ended as `ended` says: held against the file, announced in the journal, done. Where nothing may be
 * changed (at a desk, under simulation) it is shown. Answers with how the attempt ends after all: what there is on GitHub now is among its outputs.
 */
export async function changeOutside(
  task: Task,
  ended: AttemptEnded,
  answer: Answer,
  { effects, bounds, subject = deskSubject, redactor, emit, stopped, asked }: Outside,
): Promise<AttemptEnded> {
  if (task.effects === undefined) return ended
  const refuse = (detail: string): AttemptEnded => ({
    ...ended,
    failure: { kind: 'denied', detail: `nothing was changed on GitHub: ${detail}` },
  })
  const json = answer.json === undefined ? undefined : maskJson(answer.json, redactor)
  const shown = { ...answer, json }
  const about = effects === undefined ? subject : effects.subject
  const read = readDeeds(task.id, { rules: task.effects, bounds }, shown, about)
  if ('refused' in read) return refuse(read.refused)
  const { deeds } = read
  if (deeds.length === 0) return ended
  const excess = explainExcess(bounds, new Map([...asked, [task.id, deeds]]))
  if (excess !== undefined) return refuse(excess)
  const does = deeds.filter(({ kind }) => kind !== 'expire')
  if (effects === undefined) {
    asked.set(task.id, deeds)
    const message = `in a workflow, without simulation, this would be done on GitHub: ${describeDeeds(deeds)}`
    if (does.length > 0) emit({ type: 'notice', level: 'notice', id: task.id, message })
    return ended
  }
  if (effects.refusal !== undefined) return does.length === 0 ? ended : refuse(effects.refusal)
  if (stopped() === undefined) {
    asked.set(task.id, deeds)
    emit({ type: 'effect.started', id: task.id, attempt: task.attempt, effect: { kind: 'github', deeds }, ended })
  }
  const cause = stopped()
  if (cause !== undefined)
    return { ...ended, failure: { kind: 'cancelled', cause, detail: 'nothing was changed on GitHub' } }
  return endAfter(ended, await effects.perform(deeds), emit)
}

/** Stands for the issue of an event where there is none. */
const deskSubject = 1

/** What was announced may be done or not: doing it again does nothing twice. */
export async function performAgain(
  { deeds }: GithubEffect,
  ended: AttemptEnded,
  { effects, emit }: Pick<LauncherOptions, 'effects' | 'emit'>,
): Promise<AttemptEnded> {
  const unknown = 'an earlier process was about to change GitHub, and it cannot be determined here whether it did'
  const problem = effects === undefined ? unknown : effects.refusal
  if (effects === undefined || problem !== undefined)
    return { ...ended, failure: { kind: 'denied', detail: problem ?? unknown } }
  return endAfter(ended, await effects.perform(deeds, true), emit)
}

function endAfter(
  ended: AttemptEnded,
  { done, problem }: Awaited<ReturnType<EffectPerformer['perform']>>,
  emit: (event: RunEvent) => void,
): AttemptEnded {
  const told = done.filter(({ kind }) => kind !== 'expire').map(describeDone)
  if (told.length > 0)
    emit({ type: 'notice', level: 'notice', id: ended.id, message: `done on GitHub: ${told.join(', ')}` })
  const failure: Failure | null = problem === undefined ? null : { kind: 'denied', detail: problem }
  return { ...ended, failure, outputs: { ...outputsOf(done), ...ended.outputs } }
}

function describeDone({ kind, number, url }: DoneDeed): string {
  const which = number === undefined ? '' : kind === 'dispatch' ? ` (run ${number})` : ` #${number}`
  return `${kind}${which}${url === undefined ? '' : ` ${url}`}`
}

/** `issue-number`, `pull-request-url`, `dispatch-number` …; from the second of a kind on with its place: `issue-2-number`. */
function outputsOf(done: readonly DoneDeed[]): Record<string, string> {
  const outputs: Record<string, string> = {}
  const counts = new Map<string, number>()
  for (const { kind, number, url } of done) {
    if (kind === 'labels' || kind === 'close') continue
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const name = count === 1 ? kind : `${kind}-${count}`
    if (number !== undefined) outputs[`${name}-${kind === 'dispatch' ? 'run-id' : 'number'}`] = String(number)
    if (url !== undefined) outputs[`${name}-url`] = url
  }
  return outputs
}
