import { isatty } from 'node:tty'
import { findRoot } from './find-root.ts'
import { keepHangupIgnored, listenToEndingSignals } from '../process/ending-signals.ts'
import type { ActiveRun, Output, Surroundings } from './surroundings.ts'

/** The surroundings of a real process, the run it is in, and what waits until all that was written is out, or says why something is not. */
export function openSurroundings(
  program: NodeJS.Process,
  now: () => number,
): { surroundings: Surroundings; activeRun: () => ActiveRun | undefined; flush: () => Promise<string | undefined> } {
  keepHangupIgnored(program)
  let active: ActiveRun | undefined
  const out = openOutput(1, () => program.stdout, program.env)
  const err = openOutput(2, () => program.stderr, program.env)
  let root: string | undefined
  const cwd = program.cwd()
  const surroundings: Surroundings = {
    cwd,
    get root() {
      return (root ??= findRoot(cwd))
    },
    environment: program.env,
    now,
    out,
    err,
    onInterrupt: (listener) => listenToEndingSignals(program, listener),
    watch(run) {
      active = run
    },
  }
  const flush = async (): Promise<string | undefined> => {
    await out.flush()
    await err.flush()
    return out.failed()
  }
  return { surroundings, activeRun: () => active, flush }
}

/**
 * A stream that goes silent when its reader has gone (EPIPE) or its terminal is closed (EIO): the command then ends in its own time.
 * The stream is opened when it is first written to, which is not free. Colours follow NO_COLOR (no-color.org) and FORCE_COLOR.
 */
function openOutput(
  fd: number,
  stream: () => NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
): Output & { flush: () => Promise<void>; failed: () => string | undefined } {
  let gone = false
  let failed: string | undefined
  let listening = false
  const terminal = isatty(fd) && env['TERM'] !== 'dumb'
  const forced = (env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0'
  return {
    interactive: terminal,
    colour: (env['NO_COLOR'] ?? '') === '' && (terminal || forced),
    columns: () => stream().columns || 80,
    rows: () => stream().rows || 24,
    write(text) {
      if (gone) return
      if (!listening) {
        listening = true
        stream().on('error', (error: NodeJS.ErrnoException) => {
          gone = true
          if (error.code !== 'EPIPE' && error.code !== 'EIO') failed = error.message
        })
      }
      stream().write(text)
    },
    flush: () =>
      new Promise((resolve) => {
        if (gone || !listening) resolve()
        else stream().write('', () => resolve())
      }),
    closed: () => gone,
    failed: () => failed,
  }
}
