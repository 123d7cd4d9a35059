import { readFileSync, readlinkSync } from 'node:fs'
import { constants } from 'node:os'
import { basename } from 'node:path'

/**
 * What ends a program that does not listen, and can be listened to: also what batch systems announce the end of their time with (USR1, USR2, ALRM, XCPU).
 * Left out are what the processor raises (SEGV, BUS, ILL, FPE), PIPE, which Node ignores, and the real-time signals, which it does not know.
 */
const names: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGVTALRM',
  'SIGPROF',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGABRT',
  'SIGTRAP',
  'SIGSYS',
  'SIGIO',
  'SIGPWR',
  'SIGSTKFLT',
]
const windowsNames: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK']

/** Calls `listener` at each signal that would end us, until the answer is called. A hangup that we were started to ignore is not one of them. */
export function listenToEndingSignals(program: NodeJS.Process, listener: (signal: string) => void): () => void {
  const known = process.platform === 'win32' ? windowsNames : names.filter((name) => name in constants.signals)
  const isLeft = (name: NodeJS.Signals): boolean =>
    name === 'SIGHUP' ? program.listeners(name).includes(ignore) : name === 'SIGPROF' && isProfiled(program)
  const heeded = known.filter((name) => !isLeft(name))
  for (const name of heeded) program.on(name, listener)
  return () => {
    for (const name of heeded) program.off(name, listener)
  }
}

/** Keeps a hangup ignored that we were started to ignore; to be called first of all. */
export function keepHangupIgnored(program: NodeJS.Process): void {
  if (process.platform !== 'win32' && ignoresHangup(program.env)) program.on('SIGHUP', ignore)
}

const ignore = (): void => {}

/** A profiler of V8 takes its samples by this signal. */
function isProfiled({ execArgv }: NodeJS.Process): boolean {
  return execArgv.some((argument) => /^--(?:cpu-)?prof\b/.test(argument))
}

/**
 * Whether we were started to outlive the terminal. Node resets what was ignored when it starts, so that it cannot be asked of the system: told by
 * are the shell's own note of what it started (`nohup`), a parent that ignores hangups itself, which its children inherit, and the standard
 * input that `nohup` gives where it was a terminal, one that cannot be read.
 */
function ignoresHangup(environment: Readonly<Record<string, string | undefined>>): boolean {
  if (basename(environment['_'] ?? '') === 'nohup') return true
  try {
    const ignored = /^SigIgn:\s*[0-9a-f]*([0-9a-f])$/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))?.[1]
    if ((Number.parseInt(ignored ?? '0', 16) & 1) !== 0) return true
    const flags = /^flags:\s*[0-7]*([0-7])$/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))?.[1]
    return (Number(flags ?? 0) & 3) === 1 && readlinkSync('/proc/self/fd/0') === '/dev/null'
  } catch {
    return false
  }
}
