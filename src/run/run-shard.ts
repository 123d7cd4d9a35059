import { createHash } from 'node:crypto'
import type { Noticed } from '../core/event.ts'
import type { LinkedRun } from '../core/link.ts'
import type { Plan } from '../core/plan.ts'
import type { ShardPart } from '../core/shard.ts'
import { groupBy } from '../core/group-by.ts'
import { mergeFragments, type Fragment, type TakenEvent } from '../journal/merge-fragments.ts'
import { readFragment, type ExpectedFragment, type RefusedFragment } from './read-fragment.ts'
import { planOfShard } from './shard-plan.ts'

/** What a run is given that runs a part of its plan, or collects what other runs ran. */
export interface RunShard {
  readonly part: ShardPart
  /** What others left of what it has to know, in order. */
  readonly events: TakenEvent[]
  /** Which fragments are not taken, and what several have run. */
  readonly notices: readonly Noticed[]
  /** Its own earlier attempt is among what it takes: what did not succeed there begins again. */
  readonly resumes: boolean
  /** When the first shard began, epoch milliseconds; undefined where there is none. */
  readonly beganAt: number | undefined
  /** What shards before it found out about links: all shards of a run go by the same. */
  readonly links: Readonly<Record<string, LinkedRun>>
  /** Of a run that collects: the same whenever it collects the same. */
  readonly runId: string | undefined
}

/** What is to be run or collected. */
export interface ShardRequest extends Omit<ExpectedFragment, 'ids'> {
  /** All of it. */
  readonly plan: Plan
  /** Undefined collects. */
  readonly name: string | undefined
  readonly only: readonly string[]
  /** Run directories that may hold fragments; absolute. */
  readonly directories: readonly string[]
  /** What of its own earlier attempt a shard goes on with; absent: it begins anew. */
  readonly carry?: (fragment: Fragment) => Fragment
}

/** Takes what other shards left: what a shard needs of it, or, to collect, all of it. The order of the directories does not matter. */
export function openShard(request: ShardRequest): { readonly plan: Plan; readonly shard: RunShard } {
  const { name, only, attempt, digest, carry, planned } = request
  const expected = { ...request, ids: new Set(request.plan.instances.map(({ id }) => id)) }
  const read = request.directories.flatMap((directory) => readFragment(directory, expected) ?? [])
  const found = read.filter((each): each is Fragment => !('refused' in each))
  const isNumbered = request.workflowRun !== undefined
  const { fragments, disputed } = isNumbered ? leaveOutDisputed(found) : { fragments: found, disputed: [] }
  const refused = [...read.filter((each): each is RefusedFragment => 'refused' in each), ...disputed]
  const collects = name === undefined
  const plan = collects ? request.plan : planOfShard(request.plan, only)
  const own = collects ? undefined : ownFragment(fragments, { name, only, attempt, digest, taken: [] }, carry)
  const others = fragments.filter(({ shard }) => shard.name !== name)
  const merged = mergeFragments(own === undefined ? fragments : [...others, own])
  const taken = merged.taken.filter((fragment) => fragment.name !== name)
  const events = collects ? [...merged.events] : neededEvents(merged.events, plan)
  return {
    plan,
    shard: {
      part: { ...(collects ? {} : { name }), attempt, only, digest, taken, ...(planned && { planned }) },
      events,
      notices: [
        ...refused.map(({ name: of, refused: why }) => `shard ${of} is left out: ${why}`).toSorted(),
        ...(collects ? merged.overlaps : []),
      ].map(warning),
      resumes: own !== undefined && own.events.length > 0,
      beganAt: fragments.length === 0 ? undefined : Math.min(...fragments.map(({ startedAt }) => startedAt)),
      links: linksOf(fragments),
      runId: collects ? idOf(digest, fragments) : undefined,
    },
  }
}

/** A job runs once in an attempt: where two runs say that they were it, nobody can tell which was. Its other attempts are not in question. */
function leaveOutDisputed(found: readonly Fragment[]): {
  readonly fragments: readonly Fragment[]
  readonly disputed: readonly RefusedFragment[]
} {
  const attempts = groupBy(found, ({ shard: { name, attempt } }) => JSON.stringify([name, attempt]))
  const disputed = [...attempts.values()].filter((of) => new Set(of.map(({ runId }) => runId)).size > 1)
  const leftOut = new Set(disputed.flat())
  return {
    fragments: found.filter((fragment) => !leftOut.has(fragment)),
    disputed: disputed.flatMap(([first]): RefusedFragment[] =>
      first === undefined
        ? []
        : [{ name: first.shard.name, refused: `several runs say to be it in attempt ${first.shard.attempt}` }],
    ),
  }
}

/** What a shard runs is its own to tell, whoever else has run it; of what it ran in an earlier attempt of its job, what it goes on with. */
function ownFragment(
  fragments: readonly Fragment[],
  shard: Fragment['shard'],
  carry: ((fragment: Fragment) => Fragment) | undefined,
): Fragment {
  const [earlier] = fragments
    .filter((each) => each.shard.name === shard.name)
    .toSorted((one, other) => other.shard.attempt - one.shard.attempt || other.startedAt - one.startedAt)
  const newest = { directory: '', runId: '', startedAt: Infinity, shard: { ...shard, attempt: Infinity }, events: [] }
  if (earlier === undefined || carry === undefined) return newest
  const { directory, events } = carry(earlier)
  return { ...newest, directory, events }
}

/** What is about nodes of a shard's plan: what was said besides is for whoever collects. */
function neededEvents(events: readonly TakenEvent[], { instances }: Plan): TakenEvent[] {
  const known = new Set(instances.map(({ id }) => id))
  return events.filter(({ id, type, load }) => {
    if (id === undefined || type === 'notice' || !known.has(id)) return false
    const event = type === 'plan.expanded' ? load() : undefined
    if (event?.type === 'plan.expanded') for (const member of event.instances) known.add(member.id)
    return true
  })
}

/** Of each link what the first shard found. */
function linksOf(fragments: readonly Fragment[]): RunShard['links'] {
  const latestFirst = fragments.toSorted(
    (one, other) => other.startedAt - one.startedAt || (one.runId < other.runId ? 1 : -1),
  )
  return Object.assign({}, ...latestFirst.map(({ links }) => links))
}

function warning(message: string): Noticed {
  return { type: 'notice', level: 'warning', message }
}

/** Eight hex digits. */
function idOf(digest: string, fragments: readonly Fragment[]): string {
  const ids = fragments.map(({ runId }) => runId).toSorted()
  return createHash('sha256')
    .update(JSON.stringify([digest, ids]))
    .digest('hex')
    .slice(0, 8)
}
