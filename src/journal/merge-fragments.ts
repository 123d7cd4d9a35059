import { addTo } from '../core/group-by.ts'
import { compareTexts } from '../core/compare-texts.ts'
import type { LinkedRun } from '../core/link.ts'
import { findCovering, type ShardPart, type TakenFragment } from '../core/shard.ts'
import type { FragmentEvent } from './fragment-events.ts'

/** The journal of one shard, as far as others ask for it. */
export interface Fragment {
  /** Where its files are; absolute. */
  readonly directory: string
  readonly runId: string
  /** When its run began, epoch milliseconds. */
  readonly startedAt: number
  readonly shard: ShardPart & { readonly name: string }
  /** What became of the instances it ran, in the order of its journal. */
  readonly events: readonly FragmentEvent[]
  /** What it found out about links, by their ids. */
  readonly links?: Readonly<Record<string, LinkedRun>>
}

/** An event that a run takes over, at its own time, and the fragment it is from. */
export interface TakenEvent extends FragmentEvent {
  readonly fragment: Fragment
}

/** Several fragments as one journal. */
export interface MergedFragments {
  /** In the order of their names. */
  readonly taken: readonly TakenFragment[]
  readonly events: readonly TakenEvent[]
  /** Sentences on what several shards claim to have run. */
  readonly overlaps: readonly string[]
}

/**
 * Folds fragments into one journal, the same in whatever order they come. What became of an instance is told by one fragment alone: where several claim
 * it, by that of the newest attempt of its job. Events stand in the order of their times, then of the names of the shards.
 */
export function mergeFragments(given: readonly Fragment[]): MergedFragments {
  const newestFirst = given.toSorted(
    (one, other) =>
      other.shard.attempt - one.shard.attempt ||
      other.startedAt - one.startedAt ||
      compareTexts(other.runId, one.runId),
  )
  const owners = new Map<string, Fragment>()
  const overlaps = new Map<string, string[]>()
  const taken: TakenFragment[] = []
  for (const fragment of newestFirst) {
    const { name, attempt, only } = fragment.shard
    const won: string[] = []
    for (const id of only) {
      const owner = findCovering(owners, id)
      if (owner === undefined) {
        owners.set(id, fragment)
        won.push(id)
      } else if (owner.shard.name !== name) {
        const both = `shard ${owner.shard.name} ran again what shard ${name} ran; its results count`
        addTo(overlaps, both, id)
      }
    }
    taken.push({ name, attempt, runId: fragment.runId, only: won })
  }
  const events = given.flatMap((fragment) => eventsOf(fragment, (id) => newestOwner(owners, id, newestFirst)))
  return {
    taken: taken.toSorted((one, other) => compareNames(one, other)),
    events: events.toSorted(
      (one, other) =>
        one.at - other.at ||
        compareNames(one.fragment.shard, other.fragment.shard) ||
        compareTexts(one.fragment.runId, other.fragment.runId) ||
        one.seq - other.seq,
    ),
    overlaps: [...overlaps].map(([both, ids]) => `${both}: ${listed(ids)}`).toSorted(compareTexts),
  }
}

/** Of an instance and the groups around it several fragments may have claims; the newest of these counts. */
function newestOwner(
  owners: ReadonlyMap<string, Fragment>,
  id: string,
  newestFirst: readonly Fragment[],
): Fragment | undefined {
  const found: Fragment[] = []
  for (let name = id; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const owner = owners.get(name)
    if (owner !== undefined && !found.includes(owner)) found.push(owner)
  }
  return found.length < 2 ? found[0] : newestFirst.find((fragment) => found.includes(fragment))
}

/** What a fragment tells of its own. */
function eventsOf(fragment: Fragment, ownerOf: (id: string) => Fragment | undefined): TakenEvent[] {
  const taken: TakenEvent[] = []
  for (const { at, seq, type, id, load } of fragment.events)
    if (id === undefined || ownerOf(id) === fragment) taken.push({ at, seq, type, id, load, fragment })
  return taken
}

function compareNames(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.length - other.name.length || compareTexts(one.name, other.name)
}

function listed(ids: readonly string[]): string {
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more`
}
