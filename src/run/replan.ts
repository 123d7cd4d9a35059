import { renameSync, rmSync } from 'node:fs'
import type { Noticed, RunEvent, RunStarted, Stamped } from '../core/event.ts'
import { stopped } from '../journal/known-node.ts'
import { unreachable } from '../core/unreachable.ts'
import { createBus } from '../journal/bus.ts'
import { openJournal } from '../journal/journal-file.ts'
import { nameOfEarlier } from '../journal/replace-journal.ts'
import { createRedactor } from '../journal/redactor.ts'
import { findKept, type KeptInstances } from './kept-instances.ts'
import type { RecoveredRun } from './recovered-run.ts'
import { secretValues } from './secret-values.ts'
import { noticeOfUncounted } from './uncounted.ts'

/** What a run that goes on with another plan is given. */
export interface Replanned {
  readonly before: RunStarted
  readonly after: RunStarted
  readonly workspace: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Gives an earlier run another plan: its journal is written anew, as if the run had begun with that plan and had been interrupted after what
 * still holds. What was used for instances that are done again stays counted, what was used for those that are no more is said in a notice
 * (`gone`). The journal so far is kept beside it as `journal.<n>.ndjson`.
 */
export async function replanRun(
  run: RecoveredRun,
  replanned: Replanned,
): Promise<KeptInstances & { readonly gone: string | undefined }> {
  const { before, after, workspace, environment } = replanned
  const kept = findKept(before, after)
  const { journalPath } = run.directory
  const next = `${journalPath}.next`
  rmSync(next, { force: true })
  const failures: Error[] = []
  const journal = openJournal(next, (error) => failures.push(error))
  let at = run.state.started?.at ?? run.state.at
  const redactor = createRedactor([
    ...secretValues(after.plan, environment, workspace),
    ...secretValues(before.plan, environment, workspace),
  ])
  const bus = createBus({ journal, redactor, reporters: [], clock: () => at })
  for (const stamped of run.events()) {
    at = stamped.at
    const event = stamped.type === 'run.started' ? after : carriedOver(stamped, kept, run)
    if (event !== undefined) bus.record(event)
  }
  const gone = noticeOfGone(kept, run)
  if (gone !== undefined) bus.record(gone)
  await journal.close()
  const [failure] = failures
  if (failure !== undefined) throw failure
  renameSync(journalPath, nameOfEarlier(journalPath))
  renameSync(next, journalPath)
  return { ...kept, gone: gone?.message }
}

/** What instances used that the new plan does not have: it is in no sum any more. */
function noticeOfGone({ kept, again }: KeptInstances, { state }: RecoveredRun): Noticed | undefined {
  const gone = [...state.instances].flatMap(([id, at]) => (again.has(id) || isKept(id, kept, state) ? [] : [at]))
  return noticeOfUncounted(gone, 'which the edited file does not have')
}

/** An event as the new plan would have it; undefined where it is about what is done again, or is no more. */
function carriedOver(stamped: Stamped, { kept, again }: KeptInstances, { state }: RecoveredRun): RunEvent | undefined {
  const { v: _, seq: __, at: ___, ...rest } = stamped
  const event: RunEvent = rest
  switch (event.type) {
    case 'edge.decided':
      return kept.has(event.from) && kept.has(event.to) ? event : undefined
    case 'plan.expanded':
      // A further round is what the definitions in its group were.
      return (event.round === undefined ? kept.has(`${event.group}..open`) : isKept(event.group, kept, state))
        ? event
        : undefined
    case 'instance.ended': {
      if (isKept(event.id, kept, state)) return event
      // Without an attempt there is nothing to open again: its conditions are asked as if for the first time.
      if (!again.has(event.id) || (state.instances.get(event.id)?.attempts.length ?? 0) === 0) return undefined
      return {
        ...event,
        ...stopped,
        detail: 'its definition changed',
      }
    }
    case 'attempt.started':
    case 'attempt.progress':
    case 'attempt.repairing':
    case 'attempt.ended':
    case 'effect.started':
    case 'instance.restored':
    case 'instance.missed':
    case 'instance.retrying':
    case 'instance.cancelled':
      return again.has(event.id) || isKept(event.id, kept, state) ? event : undefined
    case 'run.started':
    case 'run.resumed':
    case 'run.interrupted':
    case 'run.paused':
    case 'run.unpaused':
    case 'run.ended':
    case 'budget.warned':
    case 'budget.exceeded':
    case 'budget.carried':
    case 'fragments.taken':
    case 'provider.throttled':
    case 'report.delivered':
    case 'report.failed':
    case 'notice':
    case 'timer.fired':
      return event
    default:
      return unreachable(event) ?? event
  }
}

/** Cells of a matrix that was expanded while running, and further rounds, stand in no plan: they are kept with their group. */
function isKept(id: string, kept: ReadonlySet<string>, state: RecoveredRun['state']): boolean {
  if (kept.has(id)) return true
  const parent = state.instances.get(id)?.instance.parent
  return (
    parent !== undefined && !state.started?.plan.instances.some((node) => node.id === id) && isKept(parent, kept, state)
  )
}
