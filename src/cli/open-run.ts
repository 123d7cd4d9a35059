import { dirname } from 'node:path'
import { closestName } from '../core/closest-name.ts'
import type { Stamped } from '../core/event.ts'
import { messageOf } from '../core/message-of.ts'
import type { Plan } from '../core/plan.ts'
import type { Refusal } from '../core/refusal.ts'
import type { RunState } from '../core/run-state.ts'
import { followJournal, type JournalTail } from '../journal/follow-journal.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { newestRun } from './find-run.ts'
import { quoted } from './parse-arguments.ts'
import { findJournal, nothingStarted } from './read-run.ts'
import type { Surroundings } from './surroundings.ts'

/** A run that may go on while it is looked at. */
export interface FollowedRun {
  /** Absolute. */
  readonly directory: string
  readonly journal: JournalTail
  /** Takes in what came since and passes each event on; says why it cannot. */
  update(see?: (event: Stamped) => void): Refusal | undefined
}

/** Finds a run to look at it, from its first event on; undefined names the newest. */
export function openRun(given: string | undefined, around: Surroundings): FollowedRun | Refusal {
  const name = given ?? newestRun(around)
  try {
    const path = findJournal(name, around)
    if (typeof path !== 'string') return path
    const directory = dirname(path)
    const journal = followJournal(path, readerOfTexts(directory))
    return { directory, journal, update: (see) => passOn(journal, see) }
  } catch (error) {
    return { mistake: messageOf(error) }
  }
}

/** The same, with what its journal has by now. */
export function openRunNow(
  given: string | undefined,
  around: Surroundings,
): (FollowedRun & { readonly plan: Plan }) | Refusal {
  const run = openRun(given, around)
  if ('mistake' in run) return run
  const problem = run.update()
  const { started } = run.journal.state
  if (problem === undefined && started !== undefined) return { ...run, plan: started.plan }
  run.journal.close()
  return problem ?? nothingStarted(given ?? run.directory)
}

function passOn(journal: JournalTail, see: ((event: Stamped) => void) | undefined): Refusal | undefined {
  const events = journal.next()
  for (;;) {
    let next: IteratorResult<Stamped>
    try {
      next = events.next()
    } catch (error) {
      return { mistake: `cannot read the journal: ${messageOf(error)}` }
    }
    if (next.done === true) return undefined
    see?.(next.value)
  }
}

/** What is wrong with the id of an instance; undefined when the run has it. */
export function explainUnknown(id: string, { instances }: RunState): Refusal | undefined {
  if (instances.has(id)) return undefined
  const closest = closestName(id, [...instances.keys()])
  return {
    mistake: `there is no instance ${quoted(id)} in this run`,
    hint: closest === undefined ? '`orchestrator report` lists them' : `did you mean ${closest}?`,
  }
}
