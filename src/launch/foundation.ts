import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { commonEnvironment } from '../agents/environment.ts'
import { markVariable, nestMark } from '../process/mark.ts'
import { createStarter, type Starter } from '../process/starter.ts'
import { createTemporaryPlaces, type TemporaryPlaces } from './attempt-directory.ts'

/** What all attempts of a run stand on: temporary places, and what starts programs, which takes some milliseconds to be ready. */
export interface Foundation {
  /** The directory of all temporary directories. */
  readonly temporary: string
  readonly places: TemporaryPlaces
  /** What any child may see of the orchestrator's environment. */
  readonly common: Readonly<Record<string, string>>
  /** The mark that every process of the run carries. */
  readonly mark: string
  readonly starter: Starter
  /** `tell` is called when the process that starts programs was killed while they ran; whoever wants to know it no more says undefined, and is let go. */
  onServerLost(tell: (() => void) | undefined): void
  /** Lets go of all that; once is enough. */
  close(): Promise<void>
}

/** Begins to make it ready: early, so that nothing waits for it. `claim` is the one on the run directory, to be locked. */
export function layFoundation(options: {
  readonly runId: string
  readonly claim?: number
  readonly environment: Readonly<Record<string, string | undefined>>
}): Foundation {
  const { environment, runId } = options
  const temporary = temporaryIn(environment)
  const places = createTemporaryPlaces(temporary, runId)
  const mark = nestMark(environment[markVariable], runId)
  let tellLost: (() => void) | undefined
  const starter = createStarter(
    mark,
    () => tellLost?.(),
    environment['ORCHESTRATOR_NO_FORK_SERVER'] !== '1',
    claimsOf(options.claim, places),
  )
  return {
    temporary,
    places,
    common: commonEnvironment(environment),
    mark,
    starter,
    onServerLost(tell) {
      tellLost = tell
    },
    async close() {
      await starter.close()
      await places.remove()
    },
  }
}

/** The directory in which runs make their temporary directories. */
export function temporaryIn(environment: Readonly<Record<string, string | undefined>>): string {
  return resolve(environment['RUNNER_TEMP'] || environment['TMPDIR'] || tmpdir())
}

/** Where no directory can be made nothing is claimed; the attempts will say why. */
function claimsOf(claim: number | undefined, places: TemporaryPlaces): number[] {
  const claims = claim === undefined ? [] : [claim]
  try {
    const own = places.claim()
    return own === undefined ? claims : [...claims, own]
  } catch {
    return claims
  }
}
