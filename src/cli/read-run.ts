import { dirname, join, resolve } from 'node:path'
import { createRunState, type RunState } from '../core/run-state.ts'
import { messageOf } from '../core/message-of.ts'
import { foldJournal } from '../journal/read-journal.ts'
import { readerOfTexts } from '../process/kept-texts.ts'
import { findRun, resolveRunDirectory } from './find-run.ts'
import type { Surroundings } from './surroundings.ts'
import type { Refusal } from '../core/refusal.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** The state of the run that a directory, a journal itself or the id of a run names. */
export async function readRun(name: string, around: Surroundings): Promise<RunState | Refusal> {
  let state: RunState
  try {
    const journalPath = findJournal(name, around)
    if (typeof journalPath !== 'string') return journalPath
    state = createRunState(readerOfTexts(dirname(journalPath)))
    foldJournal(journalPath, state)
  } catch (error) {
    return { mistake: messageOf(error) }
  }
  return state.started === undefined ? nothingStarted(name) : state
}

/** The path of the journal of a run that is named as for `readRun`. Throws as `node:fs` does. */
export function findJournal(name: string, around: Surroundings): string | Refusal {
  const directory = resolveRunDirectory(resolve(around.cwd, findRun(name, around)))
  const journalPath = isFile(directory) ? directory : join(directory, 'journal.ndjson')
  if (isFile(journalPath)) return journalPath
  return {
    mistake: `there is no run in ${name}: no journal.ndjson`,
    hint: 'name a run directory, such as .orchestrator/latest; `orchestrator runs` lists them',
  }
}

/** What is said of a run that was killed before its first event. */
export function nothingStarted(name: string): Refusal {
  return { mistake: `the journal in ${name} is empty: nothing had started` }
}

function isFile(path: string): boolean {
  return statIfThere(path)?.isFile() ?? false
}
