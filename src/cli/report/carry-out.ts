import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createRunState, type RunState } from '../../core/run-state.ts'
import { messageOf } from '../../core/message-of.ts'
import { findDamagedTexts } from '../../journal/damaged-texts.ts'
import { readerOfTexts } from '../../process/kept-texts.ts'
import { foldJournal } from '../../journal/read-journal.ts'
import { chooseFormat } from '../choose-format.ts'
import type { CommandLine } from '../command.ts'
import { complain } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { resolveRunDirectory } from '../find-run.ts'
import type { UsageMistake } from '../parse-arguments.ts'
import { runFormats } from './formats.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator report` does. */
export async function showRun(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const state = await readRun(line.operands[0] ?? newestRun(around), around)
  if ('mistake' in state) {
    complain(around, state)
    return 2
  }
  try {
    for (const piece of await chooseFormat(line, runFormats)(state, around.out)) around.out.write(piece)
    const damaged = findDamagedTexts(state)
    for (const { id, why } of damaged) complain(around, { mistake: `${id}: ${why}` })
    return damaged.length === 0 ? 0 : 2
  } catch (error) {
    // Damage that no checksum tells of: the journal is an earlier version's, or somebody wrote it.
    complain(around, { mistake: `the events of this journal do not fit together: ${messageOf(error)}` })
    return 2
  }
}

/** Where the newest run is: of this folder (`once` leaves its runs there), else of the repository. */
function newestRun({ cwd, root }: Surroundings): string {
  const here = join(cwd, '.orchestrator/latest')
  return cwd !== root && !existsSync(here) ? join(root, '.orchestrator/latest') : '.orchestrator/latest'
}

/** The state of the run that a directory, or a journal itself, tells of. */
async function readRun(path: string, around: Surroundings): Promise<RunState | UsageMistake> {
  let state: RunState
  try {
    const directory = resolveRunDirectory(resolve(around.cwd, path))
    const journalPath = isFile(directory) ? directory : join(directory, 'journal.ndjson')
    if (!isFile(journalPath))
      return {
        mistake: `there is no run in ${path}: no journal.ndjson`,
        hint: 'name a run directory, such as .orchestrator/latest',
      }
    state = createRunState(readerOfTexts(dirname(journalPath)))
    foldJournal(journalPath, state)
  } catch (error) {
    return { mistake: messageOf(error) }
  }
  return state.started === undefined ? { mistake: `the journal in ${path} is empty: nothing had started` } : state
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
