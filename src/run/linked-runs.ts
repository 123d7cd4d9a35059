import { ageOf } from '../core/age.ts'
import { isLink } from '../core/is-link.ts'
import { noRun, type LinkedRun, type LinkedRunFacts, type LinkRule } from '../core/link.ts'
import { messageOf } from '../core/message-of.ts'
import type { Plan } from '../core/plan.ts'
import type { RunState } from '../core/run-state.ts'
import { formatDuration } from '../report/quantities.ts'
import { describeLinkedRun } from './describe-linked-run.ts'

/** The newest finished run that a link may mean, or a clause on why there is none. */
export type FoundRun =
  | { readonly state: RunState; readonly facts: Pick<LinkedRunFacts, 'id' | 'url'> }
  | { readonly none: string }

/** Looks for the newest finished run of another orchestration. May reject: then that is why none counts. */
export type FindRun = (link: LinkRule, signal: AbortSignal) => Promise<FoundRun>

/** Longest wait for all links of a plan together. */
const patienceMs = 60_000
/** Characters of what is taken over from one run, as JSON: the journal has it, and every resume reads it. */
const mostTaken = 4 * 1024 * 1024

/** What links are read with. */
export interface LinkReading {
  /** What is known of them already. */
  readonly known: Readonly<Record<string, LinkedRun>>
  readonly now: () => number
  readonly before?: AbortSignal
}

/** What the runs came to that a plan's links name; undefined where it has none. Each is asked for once. */
export async function readLinkedRuns(
  plan: Plan,
  simulated: boolean,
  find: FindRun,
  { known, now, before }: LinkReading,
): Promise<Readonly<Record<string, LinkedRun>> | undefined> {
  const links = plan.instances.filter(isLink).map(({ id, link }) => [id, link] as const)
  if (links.length === 0) return undefined
  const limit = AbortSignal.timeout(patienceMs)
  const signal = before === undefined ? limit : AbortSignal.any([before, limit])
  const read = async (id: string, link: LinkRule): Promise<LinkedRun> => {
    const earlier = Object.hasOwn(known, id) ? known[id] : undefined
    if (earlier !== undefined) return earlier
    try {
      const found = await find(link, signal)
      return 'none' in found ? noRun(found.none) : judge(found, link, simulated, now())
    } catch (error) {
      return noRun(`the newest run of ${link.run} could not be read: ${messageOf(error)}`)
    }
  }
  return Object.fromEntries(await Promise.all(links.map(async ([id, link]) => [id, await read(id, link)] as const)))
}

function judge(
  { state, facts }: Exclude<FoundRun, { readonly none: string }>,
  { run, maxAgeMs }: LinkRule,
  simulated: boolean,
  now: number,
): LinkedRun {
  const { started, ended } = state
  const which = `the newest run of ${run} (${facts.url || facts.id})`
  if (started === undefined || ended === undefined) return noRun(`${which} did not end`)
  // What models only seemed to say decides nothing that is real.
  if (started.simulated && !simulated) return noRun(`${which} was simulated`)
  const age = ageOf(ended.at, now)
  if (maxAgeMs !== undefined && age === undefined)
    return noRun(`${which} is dated in the future, so nobody knows whether it is within its max-age`)
  if (maxAgeMs !== undefined && age !== undefined && age > maxAgeMs)
    return noRun(`${which} ended ${formatDuration(age)} ago, max-age is ${formatDuration(maxAgeMs)}`)
  const linked = describeLinkedRun(state, started, ended, facts)
  const size = JSON.stringify(linked).length
  return size > mostTaken ? noRun(`${which} came to ${size} characters, at most ${mostTaken} are taken over`) : linked
}
