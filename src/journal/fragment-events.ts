import type { AttemptEnded, AttemptStarted, InstanceEnded, RunEvent, Stamped } from '../core/event.ts'
import type { Instance } from '../core/instance.ts'
import type { Accounting } from '../core/usage.ts'
import { freeAccounting, unknownAccounting } from '../core/usage.ts'
import { lostEnd } from './lost-end.ts'

/** An attempt that was running when its orchestrator died. */
interface OpenAttempt {
  readonly started: Pick<Stamped<AttemptStarted>, 'id' | 'attempt' | 'runtime' | 'at'>
  accounting: Accounting
  model: string | null
}

/** The id an event of a fragment is about: of an instance, a group or a gate; undefined where it is about the run. */
export function subjectOf(event: RunEvent): string | undefined {
  if (event.type === 'plan.expanded') return event.group
  return 'id' in event && typeof event.id === 'string' ? event.id : undefined
}

/** An event of a fragment. It is read when it is asked for: of many shards there are more than one would hold in memory. */
export interface FragmentEvent {
  readonly at: number
  readonly seq: number
  readonly type: RunEvent['type']
  /** See `subjectOf`. */
  readonly id: string | undefined
  /** Throws where it cannot be read any more. */
  load(): RunEvent
}

/** An event that is passed by, and what reads it again. */
export interface PassingEvent {
  readonly event: Stamped
  readonly load: () => RunEvent
}

/** What of a shard its fragment is read with. */
export interface FragmentReading {
  /** Of its plan. */
  readonly instances: readonly Instance[]
  readonly isOwn: (id: string) => boolean
  /** May know better what an attempt spent that was running when its orchestrator died. */
  readonly accountLost?: (end: AttemptEnded) => AttemptEnded
  /** Is shown each event that is kept. */
  readonly examine?: (event: Stamped) => void
}

/**
 * What others ask of the journal of a shard: what became of its own instances, each of which ends once, as it did last. What decided it, what it
 * was told of other shards, and how far its attempts had come is left out. Attempts that were running when it died end as lost.
 */
export function readFragmentEvents(
  events: Iterable<PassingEvent>,
  { instances, isOwn, accountLost = (end) => end, examine }: FragmentReading,
): FragmentEvent[] {
  const agents = new Set<string>()
  const learn = (known: readonly Instance[]): void => {
    for (const each of known) if (each.kind === 'process' && each.pool === 'agents') agents.add(each.id)
  }
  learn(instances)
  const kept: FragmentEvent[] = []
  const open = new Map<string, OpenAttempt>()
  /** The numbers of their newest ends. */
  const ends = new Map<string, number>()
  const superseded = new Set<number>()
  const names = new Map<string, string>()
  const once = <T extends string>(name: T): T => {
    if (!names.has(name)) names.set(name, name)
    return names.get(name) as T
  }
  let last = { seq: 0, at: 0 }
  for (const { event, load } of events) {
    last = { seq: event.seq, at: Math.max(last.at, event.at) }
    const id = subjectOf(event)
    if (id === undefined ? event.type !== 'notice' || event.level !== 'warning' : !isOwn(id)) continue
    switch (event.type) {
      case 'attempt.started':
        open.set(event.id, {
          started: { id: event.id, attempt: event.attempt, runtime: event.runtime, at: event.at },
          accounting: agents.has(event.id) ? unknownAccounting : freeAccounting,
          model: event.model,
        })
        break
      case 'attempt.progress': {
        const attempt = open.get(event.id)
        if (attempt === undefined) continue
        attempt.accounting = event.accounting
        attempt.model = event.model ?? attempt.model
        continue
      }
      case 'attempt.ended':
        open.delete(event.id)
        break
      case 'instance.ended': {
        const before = ends.get(event.id)
        if (before !== undefined) superseded.add(before)
        ends.set(once(event.id), event.seq)
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
    examine?.(event)
    kept.push({
      at: last.at,
      seq: event.seq,
      type: once(event.type),
      id: id === undefined ? undefined : once(id),
      load,
    })
  }
  const lost = [...open.values()].flatMap(({ started: { at, ...started }, accounting, model }): FragmentEvent[] => {
    const durationMs = Math.max(0, last.at - at)
    const end = accountLost(lostEnd({ ...started, durationMs, model, accounting }, diedHere))
    const { id } = end
    const isOver: InstanceEnded = { type: 'instance.ended', id, ...isLost, detail: diedHere, outputs: {} }
    return [end, isOver].map((event) => ({ ...last, type: event.type, id, load: () => event }))
  })
  return [...kept.filter(({ seq }) => !superseded.has(seq)), ...lost]
}

const isLost = { result: 'failure', outcome: 'failure', reason: 'lost' } as const
const diedHere = 'the orchestrator of its shard died while this was running'

/** Looks at the events of a fragment that anybody may have made; throws an error whose message is a clause on the first that is not what a shard of ours writes. */
export function examinerOf(isKnown: (id: string) => boolean): (event: Stamped) => void {
  const known = new Set<string>()
  return (event) => {
    const id = subjectOf(event)
    if (id !== undefined && !known.has(id) && !isKnown(id))
      throw new Error(`it tells of ${JSON.stringify(id)}, which is not in the plan`)
    if (event.type === 'plan.expanded')
      for (const { id: member, parent } of event.instances) {
        // Reports walk from an instance to the groups around it, and trust that this ends.
        if (!member.startsWith(`${event.group}.`) || (parent !== undefined && !member.startsWith(`${parent}.`)))
          throw new Error(`it puts ${JSON.stringify(member)} into ${JSON.stringify(event.group)}`)
        known.add(member)
      }
    if (event.type !== 'attempt.ended') return
    const { stdoutFile, stderrFile, patchFile, transcriptFile, textFile, jsonFile } = event
    for (const file of [stdoutFile, stderrFile, patchFile, transcriptFile, textFile?.file, jsonFile?.file])
      if (file !== undefined && file !== null && !/^logs\/[^/\\\0]+$/.test(file))
        throw new Error(`it names the file ${JSON.stringify(file)}, which is not one of its logs`)
  }
}
