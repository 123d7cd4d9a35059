import { devNull } from 'node:os'
import { runProgram, type ProgramResult } from './run-program.ts'

/** Where and with what git runs. */
export interface GitOptions {
  readonly cwd: string
  /** What its environment is taken from: PATH and HOME at least. Nothing else than git needs is passed on. */
  readonly env: Readonly<Record<string, string>>
  /** It is killed after this many milliseconds, with what it started; default five minutes. */
  readonly timeoutMs?: number
  /** It is killed, with what it started, when this aborts. */
  readonly abort?: AbortSignal
  readonly stdin?: string | Uint8Array
  /** `latin1` keeps every byte of file names and contents; default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1'
  /** Variables of ours for git itself: `GIT_DIR`, `GIT_INDEX_FILE` … */
  readonly variables?: Readonly<Record<string, string>>
  /** It asks a remote: with the user's configuration, credential helpers, proxy and keys. Only for what no instance has touched yet. */
  readonly network?: true
}

const defaultTimeoutMs = 300_000

/**
 * What somebody configured in the repository does not run in our name: hooks, file system monitors, housekeeping. A checkout of another
 * user, as in a job's container, is read like any other: without these it has nothing that could run.
 */
const quiet = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.pager=cat',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
  'safe.directory=*',
  'advice.detachedHead=false',
  'color.ui=false',
].flatMap((setting) => ['-c', setting])

/** Without these, git does not run or does not find its own files. */
const basicNames = new Set(
  'PATH HOME USERPROFILE XDG_CONFIG_HOME TMPDIR TEMP TMP SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT ORCHESTRATOR_MARK'.split(
    ' ',
  ),
)

/** What the way to a remote depends on. */
const networkNames =
  /^(?:(?:https?|all|no)_proxy|SSH_AUTH_SOCK|SSH_ASKPASS|GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_\w+|PROXY_\w+|HTTP_\w+|CONFIG_\w+|EXEC_PATH)|SSL_CERT_\w+|CURL_CA_BUNDLE)$/i

/**
 * The one way to run git: with an environment of its own (no `GIT_DIR`, `GIT_EXTERNAL_DIFF`, `GIT_CONFIG_COUNT` from outside), without the
 * user's and the machine's configuration unless it asks a remote, without hooks, file system monitors and prompts, in English. Never rejects;
 * `code` is null where git could not be started or was killed, and `stderr` says why.
 */
export function runGit(args: readonly string[], options: GitOptions): Promise<ProgramResult> {
  const { cwd, timeoutMs = defaultTimeoutMs, abort, stdin, encoding } = options
  return runProgram(['git', '--no-pager', ...quiet, ...args], {
    cwd,
    env: environmentOf(options),
    timeoutMs,
    ...(abort !== undefined && { abort }),
    ...(stdin !== undefined && { stdin }),
    ...(encoding !== undefined && { encoding }),
  })
}

function environmentOf({ env, network, variables }: GitOptions): Record<string, string> {
  const own: Record<string, string> = {}
  for (const [name, value] of Object.entries(env))
    if (basicNames.has(name.toUpperCase()) || (network === true && networkNames.test(name))) own[name] = value
  return {
    ...own,
    ...(network !== true && { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull, GIT_NO_LAZY_FETCH: '1' }),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    ...variables,
  }
}
