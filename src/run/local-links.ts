import { basename, join } from 'node:path'
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
  // A directory is named after when its run began, and its id.
  const names = namesIn(root).filter((name) => /^\d{8}-\d{6}-[0-9a-f]{8}$/.test(name))
  for (const name of names.toSorted().toReversed().slice(0, mostLooks)) {
    const directory = join(root, name)
    if (!isOf(directory, run, simulated)) continue
    const state = createRunState(readerOfTexts(directory))
    foldJournal(join(directory, 'journal.ndjson'), state)
    if (state.ended !== undefined) return { state, facts: { id: state.started?.runId ?? name, url: '' } }
  }
  return { none: `no finished run of ${run} is in ${root}` }
}

/** Looks at the first line of a journal. One that cannot be read is of no run that finished here. */
function isOf(directory: string, run: string, simulated: boolean): boolean {
  try {
    for (const event of readJournal(join(directory, 'journal.ndjson'))) {
      if (event.type !== 'run.started') return false
      if (event.simulated && !simulated) return false
      const { name, source } = event.plan
      const file = basename(source?.path ?? '')
      return name === run || name === run.replace(/\.ya?ml$/, '') || (file !== '' && file === basename(run))
    }
  } catch {
    return false
  }
  return false
}
