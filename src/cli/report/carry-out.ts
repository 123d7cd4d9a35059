import { messageOf } from '../../core/message-of.ts'
import { findDamagedTexts } from '../../journal/damaged-texts.ts'
import { chooseFormat } from '../choose-format.ts'
import type { CommandLine } from '../command.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { newestRun } from '../find-run.ts'
import { readRun } from '../read-run.ts'
import { runFormats } from './formats.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator report` does. */
export async function showRun(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const state = await readRun(line.operands[0] ?? newestRun(around), around)
  if ('mistake' in state) return refuse(around, state)
  try {
    for (const piece of await chooseFormat(line, runFormats)(state, around.out)) around.out.write(piece)
    const damaged = findDamagedTexts(state)
    for (const { id, why } of damaged) complain(around, { mistake: `${id}: ${why}` })
    return damaged.length === 0 ? 0 : 2
  } catch (error) {
    // Damage that no checksum tells of: the journal is an earlier version's, or somebody wrote it.
    return refuse(around, { mistake: `the events of this journal do not fit together: ${messageOf(error)}` })
  }
}
