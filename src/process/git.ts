import { runProgram, type ProgramResult } from './run-program.ts'

/** Where and with what git runs. */
export interface GitOptions {
  readonly cwd: string
  /** The whole environment: PATH and HOME at least. */
  readonly env: Readonly<Record<string, string>>
  /** It is killed after this many milliseconds; default five minutes. */
  readonly timeoutMs?: number
  readonly stdin?: string
}

const defaultTimeoutMs = 300_000

/** Off: what somebody configured in the repository does not run in our name. */
const quiet = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-c', 'advice.detachedHead=false']

/**
 * The one way to run git: without hooks, file system monitors and prompts, in English. Never rejects; `code` is null where git could not be
 * started, and `stderr` says why.
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<ProgramResult> {
  const { cwd, env, timeoutMs = defaultTimeoutMs, stdin } = options
  return runProgram(['git', ...quiet, ...args], {
    cwd,
    env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' },
    timeoutMs,
    ...(stdin !== undefined && { stdin }),
  })
}
