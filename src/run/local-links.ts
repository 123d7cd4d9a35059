import { basename, join } from 'node:path'
import { groupBy } from '../core/group-by.ts'
import type { LinkRule } from '../core/link.ts'
import { createRunState } from '../core/run-state.ts'
import { foldJournal, readJournal } from '../journal/read-journal.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { namesIn } from '../process/names-in.ts'
import type { FindRun, FoundRun } from './linked-runs.ts'

/** More runs are not looked into. */
const mostLooks = 500

/** Looks for a link among the runs of a folder. A workflow file means the orchestration of its name; branches are not told apart. A simulated run counts where `simulated`. */
export function findLocally(root: string, simulated: boolean): FindRun {
  return ({ run }) => Promise.resolve(find(root, run, simulated))
}

function find(root: string, run: LinkRule['run'], simulated: boolean): FoundRun {
  // A directory is named after the second when its run began, and its id, which has no order.
  const names = namesIn(root).filter((name) => /^\d{8}-\d{6}-[0-9a-f]{8}$/.test(name))
  const newest = names.toSorted().toReversed().slice(0, mostLooks)
  for (const ofSecond of groupBy(newest, (name) => name.slice(0, -9)).values()) {
    const begun = ofSecond.flatMap((name) => {
      const at = beganAt(join(root, name), run, simulated)
      return at === undefined ? [] : { name, at }
    })
    for (const { name } of begun.toSorted((one, other) => other.at - one.at)) {
      const directory = join(root, name)
      const state = createRunState(readerOfTexts(directory))
      foldJournal(join(directory, 'journal.ndjson'), state)
      if (state.ended !== undefined) return { state, facts: { id: state.started?.runId ?? name, url: '' } }
    }
  }
  return { none: `no finished run of ${run} is in ${root}` }
}

/** When a run that is meant began, by the first line of its journal; undefined for another's. One that cannot be read is of no run that finished here. */
function beganAt(directory: string, run: string, simulated: boolean): number | undefined {
  try {
    for (const event of readJournal(join(directory, 'journal.ndjson'))) {
      if (event.type !== 'run.started' || (event.simulated && !simulated)) return undefined
      const { name, source } = event.plan
      const file = basename(source?.path ?? '')
      const isMeant = name === run || name === run.replace(/\.ya?ml$/, '') || (file !== '' && file === basename(run))
      return isMeant ? event.at : undefined
    }
  } catch {
    return undefined
  }
  return undefined
}
