import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createRunState, type RunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import { foldJournal } from '../journal/read-journal.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { findRun, resolveRunDirectory } from './find-run.ts'
import type { Surroundings } from './surroundings.ts'
import type { Refusal } from '../core/refusal.ts'

/** The state of the run that a directory, a journal itself or the id of a run names. */
export async function readRun(name: string, around: Surroundings): Promise<RunState | Refusal> {
  let state: RunState
  try {
    const directory = resolveRunDirectory(resolve(around.cwd, findRun(name, around)))
    const journalPath = isFile(directory) ? directory : join(directory, 'journal.ndjson')
    if (!isFile(journalPath))
      return {
        mistake: `there is no run in ${name}: no journal.ndjson`,
        hint: 'name a run directory, such as .orchestrator/latest; `orchestrator runs` lists them',
      }
    state = createRunState(readerOfTexts(dirname(journalPath)))
    foldJournal(journalPath, state)
  } catch (error) {
    return { mistake: messageOf(error) }
  }
  return state.started === undefined ? { mistake: `the journal in ${name} is empty: nothing had started` } : state
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
