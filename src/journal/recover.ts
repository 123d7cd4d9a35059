import type { AttemptEnded, EffectStarted, Stamped } from '../core/event.ts'
import { createRunState, type RunState } from '../core/run-state.ts'
import { dirname, resolve } from 'node:path'
import { readerOfTexts } from '../process/kept-texts.ts'
import { lostEnd } from './lost-end.ts'
import { foldJournal, readJournal } from './read-journal.ts'

/** A run as its journal tells it, whatever ended the orchestrator that wrote it. */
export interface Recovery {
  readonly state: RunState
  /** Undefined when the journal ends before its first event: there is no run to go on with. */
  readonly runId: string | undefined
  readonly nextSeq: number
  /** The ends that the attempts which were running need: what they did is not known, what they cost is at least what they last said. */
  readonly lost: readonly AttemptEnded[]
  /** What was being done outside the run directory: how much of it was done is to be seen there. */
  readonly unfinished: readonly UnfinishedEffect[]
  /** All its events in order, read anew at each call. */
  events(): Iterable<Stamped>
}

/** An effect whose attempt has not ended. */
export type UnfinishedEffect = Pick<EffectStarted, 'effect' | 'ended'>

/**
 * Reads a run back. Every prefix of a journal recovers to a consistent state: an event is there whole or not at all. Throws as
 * `readJournal` does.
 */
export function recoverRun(journalPath: string): Recovery {
  const directory = dirname(resolve(journalPath))
  const state = createRunState(readerOfTexts(directory))
  const nextSeq = foldJournal(journalPath, state)
  if (state.started !== undefined) state.started = relocate(state.started, directory)
  return {
    state,
    runId: state.started?.runId,
    nextSeq,
    lost: lostAttempts(state),
    unfinished: unfinishedEffects(state),
    events: () => relocated(journalPath, directory),
  }
}

/** The run directory may have been moved since it began: what expressions read of it leads to where it is now. */
function relocate<E extends Stamped>(event: E, directory: string): E {
  if (event.type !== 'run.started') return event
  const { context } = event
  return { ...event, context: { ...context, run: { ...context.run, directory } } }
}

function* relocated(journalPath: string, directory: string): Generator<Stamped> {
  for (const event of readJournal(journalPath)) yield relocate(event, directory)
}

function lostAttempts(state: RunState): AttemptEnded[] {
  const lost: AttemptEnded[] = []
  for (const [id, { attempts }] of state.instances) {
    const attempt = attempts.at(-1)
    if (attempt?.started === undefined || attempt.ended !== undefined) continue
    if (attempt.effect !== undefined) continue
    const { started } = attempt
    lost.push(
      lostEnd(
        {
          id,
          attempt: started.attempt,
          durationMs: Math.max(0, state.at - started.at),
          runtime: started.runtime,
          model: attempt.model,
          accounting: attempt.accounting,
        },
        'the orchestrator died while this was running',
      ),
    )
  }
  return lost
}

function unfinishedEffects(state: RunState): UnfinishedEffect[] {
  const unfinished: UnfinishedEffect[] = []
  for (const { attempts } of state.instances.values()) {
    const at = attempts.at(-1)?.effect
    if (at?.ended !== undefined) unfinished.push({ effect: at.effect, ended: at.ended })
  }
  return unfinished
}
