import type { Exit, Spawn } from './spawn.ts'
import { codeOf } from './spawn-error.ts'
import { messageOf } from '../core/message-of.ts'
import { describeExcess } from './describe-excess.ts'
import { explainProgram, explainWorkingDirectory } from './explain-program.ts'

/** What an error thrown or emitted instead of a process means to a user. */
export function explainSpawnError(error: unknown, spawn: Spawn): NonNullable<Exit['spawnError']> {
  const code = codeOf(error)
  return { code, detail: explain(code, error, spawn) }
}

function explain(code: string, error: unknown, spawn: Spawn): string {
  const program = JSON.stringify(spawn.argv[0] ?? '')
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EACCES':
    case 'EPERM':
    case 'ELOOP':
    case 'ENOEXEC':
      return explainWorkingDirectory(spawn.cwd) ?? explainProgram(code, spawn)
    case 'E2BIG':
    case 'ENAMETOOLONG':
      return describeExcess(spawn)
    case 'EAGAIN':
    case 'EMFILE':
    case 'ENFILE':
    case 'ENOMEM':
      return `the system could not start ${program}: it is out of processes, files or memory (${code})`
    default:
      return `${program} could not be started: ${messageOf(error)}`
  }
}
