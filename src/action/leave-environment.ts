import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { commonEnvironment } from '../agents/environment.ts'

/** The argument that says: the environment comes on standard input. */
const continued = '--environment-on-stdin'

/** Variables that Node itself obeys as it starts, before we could give them back. */
const nodeNames = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_USE_ENV_PROXY']

/**
 * Takes what is secret out of the environment this process was started with, which every process of the same user can read in
 * `/proc/<pid>/environ` for as long as it lives: the process becomes itself once more, with the names that any child may know, and is handed
 * the whole environment through an open file without a name. Node's debugger, which a signal opens to anybody, stays shut from then on.
 * What is put back into `process.env` is in memory of ours alone. Where there is no `/proc` or no `execve` it does nothing.
 */
export function leaveEnvironment(program: NodeJS.Process): void {
  program.on('SIGUSR1', () => {})
  const at = program.argv.indexOf(continued)
  if (at !== -1) {
    program.argv.splice(at, 1)
    Object.assign(program.env, takeEnvironment())
  } else if (program.platform === 'linux' && typeof program.execve === 'function') becomeOurselves(program)
}

function becomeOurselves(program: NodeJS.Process): void {
  const { env, execPath, execArgv, argv } = program
  const clean = commonEnvironment(env)
  for (const name of nodeNames) if (env[name] !== undefined) clean[name] = env[name]
  try {
    handOver(JSON.stringify(env), env['RUNNER_TEMP'] || '/tmp')
  } catch {
    return
  }
  program.execve?.(execPath, [execPath, ...execArgv, '--disable-sigusr1', ...argv.slice(1), continued], clean)
}

/** Puts the text where standard input was, the only kind of descriptor that stays open; in memory if there is a place for that. */
function handOver(text: string, directory: string): void {
  const file = openUnnamed(['/dev/shm', directory])
  writeSync(file, text)
  closeSync(0)
  openSync(`/proc/self/fd/${file}`, 'r')
}

function openUnnamed(directories: readonly string[]): number {
  for (const directory of directories)
    try {
      const path = `${directory}/orch-environment-${process.pid}-${process.hrtime.bigint()}`
      const file = openSync(path, 'wx+', 0o600)
      unlinkSync(path)
      return file
    } catch {
      continue
    }
  throw new Error('there is no place for a file')
}

function takeEnvironment(): Record<string, string> {
  const text = readFileSync(0, 'utf8')
  closeSync(0)
  openSync('/dev/null', 'r')
  return JSON.parse(text) as Record<string, string>
}
