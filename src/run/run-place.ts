import { join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import { RefusalError } from '../core/refusal.ts'
import { createRunDirectory, type RunDirectory } from '../journal/run-directory.ts'
import { holdDirectory, type Hold } from '../process/hold.ts'
import type { RunOptions } from './run-options.ts'

/** The run has no place to keep its record. */
export class RunDirectoryError extends RefusalError {
  override readonly name = 'RunDirectoryError'

  constructor(why: string) {
    super(`cannot make the run directory: ${why}`)
  }
}

/** A run directory that nobody else works in. */
export interface RunPlace {
  readonly directory: RunDirectory
  readonly hold: Hold
}

/** The folder that the runs of a repository share. */
export function rootOf({ workspace, root }: Pick<RunOptions, 'workspace' | 'root'>): string {
  return root ?? join(workspace, '.orchestrator')
}

/**
 * Makes the directory of a run, or takes that of one which goes on. What collects has the same id whenever it collects the same, also at the same time
 * as another one: then its directory has another name. Throws RunDirectoryError.
 */
export function openRunPlace(options: RunOptions, startedAt: Date, createRunId: () => string): RunPlace {
  const { resume, runDirectory, shard } = options
  if (resume !== undefined) return holdPlace(resume.directory)
  const make = (id: string): RunDirectory =>
    orRefuse(() => createRunDirectory(rootOf(options), startedAt, id, runDirectory))
  const id = shard?.runId
  if (id === undefined) return holdPlace(make(createRunId()))
  try {
    return holdPlace(make(id))
  } catch (error) {
    if (runDirectory !== undefined) throw error
    return holdPlace({ ...make(createRunId()), id })
  }
}

function holdPlace(directory: RunDirectory): RunPlace {
  const hold = orRefuse(() => holdDirectory(directory.path))
  if ('heldBy' in hold)
    throw new RunDirectoryError(
      `${directory.path} holds another run, of the running process ${hold.heldBy} (${hold.file})`,
    )
  return { directory, hold }
}

/** What the file system has against a run directory is the user's to solve. */
export function orRefuse<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw error instanceof RunDirectoryError ? error : new RunDirectoryError(messageOf(error))
  }
}
