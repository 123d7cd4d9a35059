import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { createProgramFinder } from '../process/find-program.ts'
import type { Surroundings } from './surroundings.ts'

/** The file that runs when `program` is called here, as a launched instance would find it; undefined when there is none. */
export function findProgram(program: string, { environment, cwd }: Surroundings): string | undefined {
  const found = createProgramFinder(environment['PATHEXT'])(program, environment['PATH'] ?? environment['Path'])
  if (found === undefined) return undefined
  const path = resolve(cwd, found)
  try {
    accessSync(path, constants.X_OK)
    return path
  } catch {
    return undefined
  }
}
