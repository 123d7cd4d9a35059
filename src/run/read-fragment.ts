import { basename, join } from 'node:path'
import { fieldOf } from '../core/field-of.ts'
import { isLinkedRun } from '../core/link.ts'
import { messageOf } from '../core/message-of.ts'
import type { RunStarted } from '../core/event.ts'
import { unstamped } from '../core/unstamped.ts'
import { createIsIn, shardName, type PlannedShard, type ShardPart } from '../core/shard.ts'
import { examinerOf, readFragmentEvents, type PassingEvent } from '../journal/fragment-events.ts'
import type { Fragment } from '../journal/merge-fragments.ts'
import { readEventAt, readPlacedEvents, type PlacedEvent } from '../journal/read-journal.ts'
import { runDirectoryAt } from '../journal/run-directory.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { readLedger } from '../simulate/ledger.ts'
import { countServed } from './count-served.ts'

/** What a fragment must be of. */
export interface ExpectedFragment {
  /** Of the nodes of the whole plan. */
  readonly ids: ReadonlySet<string>
  /** See `digestOf`. */
  readonly digest: string
  readonly commit: string | null
  readonly simulated: boolean
  /** Id of the run of the workflow, whose attempts are numbered; undefined outside of one. */
  readonly workflowRun: string | undefined
  /** Of the job that asks, from 1: in a run of a workflow none is newer. */
  readonly attempt: number
  /** All shards there should be, where that is known: none runs what is another one's. */
  readonly planned?: readonly PlannedShard[]
}

/** A fragment that is not taken, and why, as a clause. */
export interface RefusedFragment {
  /** The name of its shard, or where that is not known, of its directory. */
  readonly name: string
  readonly refused: string
}

/** The fragment in a run directory; undefined where its run was no shard. It is data that anybody may have made: what it may name and be about is looked at. */
export function readFragment(directory: string, expected: ExpectedFragment): Fragment | RefusedFragment | undefined {
  const { journalPath, ledgerPath } = runDirectoryAt(directory, '')
  let name = basename(directory)
  try {
    const events = readPlacedEvents(journalPath)
    const first = events.next()
    const started = first.done === true ? undefined : first.value.event
    if (started?.type !== 'run.started' || started.shard?.name === undefined) return undefined
    const { shard } = started
    if (!shardName.test(started.shard.name)) return { name, refused: 'its name is that of no shard' }
    name = started.shard.name
    const refused = explainForeign(started, expected)
    if (refused !== undefined) return { name, refused }
    const ledger = started.simulated ? readLedger(ledgerPath, () => {}) : undefined
    const examine = examinerOf((id) => expected.ids.has(id))
    const read = readerOfTexts(directory)
    const kept = readFragmentEvents(passing(events, journalPath), {
      instances: started.plan.instances,
      isOwn: createIsIn(shard.only),
      ...(ledger !== undefined && { accountLost: (end) => countServed(end, ledger) }),
      examine(event) {
        examine(event)
        if (event.type !== 'attempt.ended') return
        for (const text of [event.textFile, event.jsonFile]) if (text !== undefined) read(text)
      },
    })
    const links = Object.entries(started.context.links ?? {}).filter(([, link]) => isLinkedRun(link))
    return {
      directory,
      runId: started.runId,
      startedAt: started.at,
      shard: { ...shard, name },
      events: kept,
      links: Object.fromEntries(links),
    }
  } catch (error) {
    return { name, refused: messageOf(error).replaceAll(join(directory, '/'), '') }
  }
}

/** A loop over an iterator would close it. */
function* passing(events: Iterator<PlacedEvent>, path: string): Generator<PassingEvent> {
  for (let next = events.next(); next.done !== true; next = events.next()) {
    const { event, start, length } = next.value
    const { seq } = event
    yield { event, load: () => unstamped(readEventAt(path, { start, length, seq })) }
  }
}

function explainForeign(
  { shard, commit, simulated, context }: RunStarted,
  expected: ExpectedFragment,
): string | undefined {
  if (shard?.digest !== expected.digest) return 'it ran another plan, or other inputs'
  if (commit !== expected.commit && commit !== null && expected.commit !== null)
    return `it ran on commit ${commit.slice(0, 7)}, and this is ${expected.commit.slice(0, 7)}`
  if (simulated !== expected.simulated) return simulated ? 'it was simulated' : 'it was not simulated'
  const run = fieldOf(context.github, 'run_id')
  if (expected.workflowRun !== undefined && run !== expected.workflowRun)
    return `it is of workflow run ${JSON.stringify(run)}, and this is ${expected.workflowRun}`
  return explainClaims(shard, expected)
}

/** Whatever runs in a job can make a fragment: why this one claims what no job of its name was given. */
function explainClaims(
  { name, attempt, only }: ShardPart,
  { workflowRun, attempt: newest, planned }: ExpectedFragment,
): string | undefined {
  if (workflowRun !== undefined && attempt > newest) return `it says to be of attempt ${attempt}, and this is ${newest}`
  if (planned === undefined) return undefined
  const own = planned.find((each) => each.name === name)
  if (own === undefined) return 'no shard of that name was planned'
  const isOwn = createIsIn(own.only)
  const foreign = only.filter((id) => !isOwn(id))
  return foreign.length === 0
    ? undefined
    : `it claims ${foreign.slice(0, 5).join(', ')}, which that shard was not given`
}
