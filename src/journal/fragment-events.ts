import { blankEnd } from '../core/blank-end.ts'
import type { AttemptEnded, AttemptStarted, InstanceEnded, RunEvent, Stamped } from '../core/event.ts'
import type { Instance } from '../core/instance.ts'
import type { Accounting } from '../core/usage.ts'
import { freeAccounting, unknownAccounting } from '../core/usage.ts'

/** An attempt that was running when its orchestrator died. */
interface OpenAttempt {
  readonly started: Stamped<AttemptStarted>
  accounting: Accounting
  model: string | null
}

/** The id an event of a fragment is about: of an instance, a group or a gate; undefined where it is about the run. */
export function subjectOf(event: RunEvent): string | undefined {
  if (event.type === 'plan.expanded') return event.group
  return 'id' in event && typeof event.id === 'string' ? event.id : undefined
}

/** What of a shard its fragment is read with. */
export interface FragmentReading {
  /** Of its plan. */
  readonly instances: readonly Instance[]
  readonly isOwn: (id: string) => boolean
  /** May know better what an attempt spent that was running when its orchestrator died. */
  readonly accountLost?: (end: AttemptEnded) => AttemptEnded
}

/**
 * What others ask of the journal of a shard: what became of its own instances, each of which ends once, as it did last. What decided it, what it
 * was told of other shards, and how far its attempts had come is left out. Attempts that were running when it died end as lost.
 */
export function readFragmentEvents(
  events: Iterable<Stamped>,
  { instances, isOwn, accountLost = (end) => end }: FragmentReading,
): Stamped[] {
  const agents = new Set<string>()
  const learn = (known: readonly Instance[]): void => {
    for (const each of known) if (each.kind === 'process' && each.pool === 'agents') agents.add(each.id)
  }
  learn(instances)
  const kept: Stamped[] = []
  const open = new Map<string, OpenAttempt>()
  const ends = new Map<string, Stamped<InstanceEnded>>()
  const superseded = new Set<Stamped>()
  let last: Pick<Stamped, 'v' | 'seq' | 'at'> = { v: 2, seq: 0, at: 0 }
  for (const event of events) {
    last = { v: 2, seq: event.seq, at: Math.max(last.at, event.at) }
    const id = subjectOf(event)
    if (id === undefined ? event.type !== 'notice' || event.level !== 'warning' : !isOwn(id)) continue
    switch (event.type) {
      case 'attempt.started':
        open.set(event.id, {
          started: event,
          accounting: agents.has(event.id) ? unknownAccounting : freeAccounting,
          model: event.model,
        })
        break
      case 'attempt.progress': {
        const attempt = open.get(event.id)
        if (attempt !== undefined) attempt.accounting = event.accounting
        if (attempt !== undefined) attempt.model = event.model ?? attempt.model
        continue
      }
      case 'attempt.ended':
        open.delete(event.id)
        break
      case 'instance.ended': {
        const before = ends.get(event.id)
        if (before !== undefined) superseded.add(before)
        ends.set(event.id, event)
        break
      }
      case 'attempt.repairing':
      case 'effect.started':
      case 'instance.restored':
      case 'instance.missed':
      case 'instance.retrying':
      case 'notice':
        break
      case 'plan.expanded':
        learn(event.instances)
        break
      default:
        continue
    }
    // It was begun again since it had ended.
    const ended =
      id === undefined || event.type === 'instance.ended' || event.type === 'notice' ? undefined : ends.get(id)
    if (ended !== undefined && event.type !== 'plan.expanded') superseded.add(ended)
    kept.push(event)
  }
  const lost = [...open.values()].flatMap((attempt): Stamped[] => {
    const end = accountLost(lostEnd(attempt, last.at))
    return [
      { ...last, ...end },
      { ...last, type: 'instance.ended', id: end.id, ...isLost, detail: diedHere, outputs: {} },
    ]
  })
  return [...kept.filter((event) => !superseded.has(event)), ...lost]
}

const isLost = { result: 'failure', outcome: 'failure', reason: 'lost' } as const
const diedHere = 'the orchestrator of its shard died while this was running'

function lostEnd({ started, accounting, model }: OpenAttempt, at: number): AttemptEnded {
  const { id, attempt, runtime } = started
  return blankEnd({
    id,
    attempt,
    failure: { kind: 'lost', detail: diedHere },
    durationMs: Math.max(0, at - started.at),
    runtime,
    model,
    accounting: accounting.costSource === 'none' ? accounting : { ...accounting, partial: true },
  })
}

/** Why the events of a fragment are not what a shard of ours writes; undefined where they are. */
export function explainOddity(events: readonly Stamped[], isKnown: (id: string) => boolean): string | undefined {
  const known = new Set<string>()
  for (const event of events) {
    const id = subjectOf(event)
    if (id !== undefined && !known.has(id) && !isKnown(id))
      return `it tells of ${JSON.stringify(id)}, which is not in the plan`
    if (event.type === 'plan.expanded')
      for (const { id: member, parent } of event.instances) {
        // Reports walk from an instance to the groups around it, and trust that this ends.
        if (!member.startsWith(`${event.group}.`) || (parent !== undefined && !member.startsWith(`${parent}.`)))
          return `it puts ${JSON.stringify(member)} into ${JSON.stringify(event.group)}`
        known.add(member)
      }
    if (event.type === 'attempt.ended')
      for (const file of [
        event.stdoutFile,
        event.stderrFile,
        event.patchFile,
        event.textFile?.file,
        event.jsonFile?.file,
      ])
        if (file !== undefined && file !== null && !/^logs\/[^/\\\0]+$/.test(file))
          return `it names the file ${JSON.stringify(file)}, which is none of its logs`
  }
  return undefined
}
