import { shortageOf } from '../core/shortage.ts'
import { version } from '../core/version.ts'
import type { ActiveRun, Surroundings } from './surroundings.ts'

/** Says that we failed, not the user: what to report, or what the system ran out of, and where the journal of the run is. Returns how we end. */
export function reportBug(error: unknown, run: ActiveRun | undefined, around: Surroundings): 1 | 3 {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const shortage = shortageOf(error)
  const lines =
    shortage === undefined
      ? [
          `orchestrator ${version}: this is a bug in the orchestrator, not in your file. Please report it with this text:`,
          text,
        ]
      : [`error: ${shortage}`]
  if (run !== undefined) {
    lines.push(`The run's journal: ${run.journalPath}`)
    try {
      run.kill()
    } catch (failure) {
      lines.push(`Its processes may still be running: ${String(failure)}`)
    }
  }
  around.err.write(`${lines.join('\n')}\n`)
  return shortage === undefined ? 3 : 1
}
