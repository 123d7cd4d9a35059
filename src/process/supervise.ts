import { textLimit } from '../core/event.ts'
import { startChild } from './child.ts'
import { readOutput } from './child-output.ts'
import { createControlGroup, type ControlGroup } from './control-group.ts'
import { endDescendants } from './descendants.ts'
import { createLineSplitter, maxLineBytes } from './line-splitter.ts'
import type { Child, ChildEnd, Exit, Spawn, Supervised, Supervision, Termination } from './spawn.ts'
import { messageOf } from '../core/message-of.ts'
import { codeOf } from './spawn-error.ts'
import { signalGroup } from './process-group.ts'
import { createTimers } from './timers.ts'
import { mebibytes, watchLimits } from './watch-limits.ts'
import { monotonicMs } from './monotonic-time.ts'

/** How long output may still come after the process itself has ended, while a descendant holds its pipes. */
const drainMs = 1000
/** A timer that comes so late, in milliseconds, tells that we did not run meanwhile. */
const stoppedMs = 1000
/** Bytes of the end of each output that a failure report may show. */
const tailBytes = 16_384
/** So much may still be read from a pipe that nothing we could find holds; more is a flood. */
const strayBytes = 4_194_304

/**
 * Starts a program in a process group of its own and watches it until it, its output and its descendants have ended.
 *
 * What is promised about descendants: when `ended` resolves, no process that carries this attempt's mark is alive, however it detached
 * itself (Linux; elsewhere none of its process group). Not found is one that is outside the group *and* has emptied its environment, unless
 * a control group holds it; given up on after five seconds is one that is stuck in the kernel. That no process outlives its run is for the
 * caller to see to, with `sweepMarked` of the run's mark at the end. A descendant that outlives a successful program is killed at once,
 * without a grace, unless it holds the output pipes: then what it still prints within a second is kept.
 *
 * A log that cannot be written (full disk) ends the process as a stop does, and `Exit.logError` says so: a run without its
 * record is not worth its cost.
 */
export function supervise(spawn: Spawn, supervision: Supervision): Supervised {
  const startedAt = monotonicMs()
  const { mark, limits, start = startChild } = supervision
  const controlGroup = createControlGroup(mark, limits)
  const started = start(spawn, mark, controlGroup)
  if (!(started instanceof Promise)) return watch(spawn, supervision, started, controlGroup, startedAt)
  let watched: Supervised | undefined
  let stop: ((running: Supervised) => void) | undefined
  const conclude = async (): Promise<Exit> => {
    const child = await started
    if ('error' in child) {
      await controlGroup?.remove()
      return {
        ...(await neverRan(spawn, child.error, startedAt)),
        ...(child.lost !== undefined && { lost: child.lost }),
      }
    }
    watched = watch(spawn, supervision, child, controlGroup, startedAt)
    stop?.(watched)
    return watched.ended
  }
  return {
    ended: conclude(),
    stop(cause, how) {
      if (watched !== undefined) watched.stop(cause, how)
      else if (stop === undefined || how === 'kill') stop = (running) => running.stop(cause, how)
    },
  }
}

function watch(
  spawn: Spawn,
  supervision: Supervision,
  child: Child,
  controlGroup: ControlGroup | undefined,
  startedAt: number,
): Supervised {
  const { limits, mark } = supervision
  const { pid, birth, stdin, stdout, stderr, kinshipOf } = child
  const timers = createTimers()
  let termination: Termination | undefined
  let logError: Exit['logError']
  let termAt: number | undefined
  let killed = false
  let exit: (ChildEnd & { durationMs: number }) | undefined
  let lastOutputAt = startedAt
  let swept = 0
  supervision.onStart?.(pid)

  const kill = (): void => {
    killed = true
    signalGroup(pid, 'SIGKILL')
  }

  const end = (how: 'term' | 'kill'): void => {
    if (exit !== undefined) return
    if (how === 'kill') kill()
    else if (termAt === undefined) {
      termAt = monotonicMs()
      signalGroup(pid, 'SIGTERM')
      timers.after(supervision.graceMs, kill)
    }
  }

  const terminate = (why: Termination, how: 'term' | 'kill' = 'term'): void => {
    termination ??= why
    end(how)
  }

  /** As `terminate`, for what no longer matters once the process has ended by itself. */
  const expire = (why: Termination, how?: 'term' | 'kill'): void => {
    if (exit === undefined) terminate(why, how)
  }

  const onLogError = (file: string, error: Error): void => {
    logError ??= { file, code: codeOf(error) }
    end('term')
  }

  const onChunk = (): void => {
    lastOutputAt = monotonicMs()
    const { outputBytes } = limits
    if (outputBytes === undefined || out.bytes() + err.bytes() <= outputBytes) return
    out.discard()
    err.discard()
    terminate({ kind: 'limit', limit: 'output', detail: `more than ${outputBytes} bytes of output` })
  }

  const { onLine } = supervision
  const lines =
    onLine === undefined
      ? undefined
      : createLineSplitter({
          onLine,
          wantsLine: supervision.wantsLine,
          onTooLong: () =>
            terminate({ kind: 'limit', limit: 'output', detail: `a line of more than ${maxLineBytes} bytes` }),
        })
  const shared = { tailBytes, onChunk }
  const out = readOutput(stdout, {
    ...shared,
    file: supervision.stdoutFile,
    onLogError: (error) => onLogError(supervision.stdoutFile, error),
    redactor: supervision.redact?.(),
    headChars: textLimit,
    lines,
  })
  const err = readOutput(stderr, {
    ...shared,
    file: supervision.stderrFile,
    onLogError: (error) => onLogError(supervision.stderrFile, error),
    redactor: supervision.redact?.(),
    headChars: tailBytes,
    lines: undefined,
  })

  stdin?.on('error', () => {})
  stdin?.end(spawn.stdin)

  /** A child that waits for our log is not idle. */
  const isHeldUp = (): boolean => stdout.isPaused() || stderr.isPaused()
  const { timeoutMs, idleTimeoutMs } = supervision
  if (timeoutMs !== undefined)
    timers.after(timeoutMs, () => inTurn(() => expire({ kind: 'timeout', limit: 'wall', afterMs: timeoutMs })))
  if (idleTimeoutMs !== undefined) {
    const lookAfter = (ms: number): void => {
      const dueAt = monotonicMs() + ms
      timers.after(ms, () => inTurn(() => check(dueAt)))
    }
    const check = (dueAt: number): void => {
      if (exit !== undefined) return
      // When we come so late we were stopped, and perhaps the program with us: it is given its time anew.
      const wasStopped = monotonicMs() - dueAt > stoppedMs
      const idleMs = isHeldUp() || wasStopped ? 0 : monotonicMs() - lastOutputAt
      if (idleMs < idleTimeoutMs) lookAfter(Math.ceil(idleTimeoutMs - idleMs))
      else expire({ kind: 'timeout', limit: 'idle', afterMs: idleTimeoutMs })
    }
    lookAfter(idleTimeoutMs)
  }
  const limitWatch = watchLimits({ pid, mark }, limits, expire)

  const isGraceOver = (): boolean => killed || termAt === undefined || monotonicMs() >= termAt + supervision.graceMs
  const sweep = async (): Promise<void> => {
    const count = await endDescendants({ pid, birth, mark, kinshipOf }, isGraceOver)
    swept += count
  }

  /** Lets go of pipes that are still held although nothing is left that could be found; what is in them is read first. */
  const releasePipes = (readBefore: number): void => {
    const isFlood = out.bytes() + err.bytes() > readBefore + strayBytes
    if (isFlood || (!isHeldUp() && monotonicMs() - lastOutputAt >= drainMs)) {
      stdout.destroy()
      stderr.destroy()
    } else timers.after(drainMs, () => releasePipes(readBefore))
  }

  let earlySweep: Promise<void> | undefined
  const drained = new Promise<void>((resolve) => {
    const open = new Set([stdout, stderr])
    for (const output of open) {
      const over = (): void => {
        if (open.delete(output) && open.size === 0 && exit !== undefined) resolve()
      }
      // A pipe that was read to its end is closed a turn later: nobody has to wait for that.
      output.once('end', over).once('close', over)
    }
    child.onEnd((end) => {
      exit = { ...end, durationMs: monotonicMs() - startedAt }
      limitWatch?.stop()
      if (controlGroup?.ranOutOfMemory() === true && limits.memoryBytes !== undefined) {
        const all = mebibytes(limits.memoryBytes)
        termination ??= {
          kind: 'limit',
          limit: 'memory',
          detail: `${all} of memory, ${all} allowed: ended by the kernel`,
        }
      }
      if (open.size === 0) return resolve()
      timers.after(killed ? 0 : drainMs, () => {
        earlySweep = sweep()
        const readBefore = out.bytes() + err.bytes()
        timers.after(drainMs, () => releasePipes(readBefore))
      })
    })
  })

  const conclude = async (): Promise<Exit> => {
    await drained
    await earlySweep
    await sweep()
    swept += (await controlGroup?.remove()) ?? 0
    timers.clear()
    const cut = termAt !== undefined || killed || exit?.signal !== null
    await Promise.all([out.finish(cut), err.finish(cut)])
    if (exit?.error !== undefined) return neverRan(spawn, exit.error, startedAt)
    return {
      code: exit?.code ?? null,
      signal: exit?.signal ?? null,
      ...(termination === undefined ? {} : { termination }),
      durationMs: exit?.durationMs ?? 0,
      stdoutBytes: out.bytes(),
      stderrBytes: err.bytes(),
      stdoutHead: out.head(),
      stdoutTail: out.tail(),
      stderrTail: err.tail(),
      swept,
      ...(logError === undefined ? {} : { logError }),
      ...(exit?.lost === undefined ? {} : { lost: exit.lost }),
    }
  }

  return {
    ended: conclude(),
    stop(cause, how = 'term') {
      if (exit === undefined) {
        if (cause !== undefined) termination ??= { kind: 'stopped', cause }
        end(how)
      } else if (how === 'kill') killed = true
    },
  }
}

/** Acts once what has come meanwhile is taken in: when we were stopped ourselves, or busy, a timer is told first of output and of ends that came before it. */
function inTurn(act: () => void): void {
  setImmediate(act)
}

async function neverRan(spawn: Spawn, error: unknown, startedAt: number): Promise<Exit> {
  const durationMs = monotonicMs() - startedAt
  return {
    code: null,
    signal: null,
    spawnError: await explained(error, spawn),
    durationMs,
    stdoutBytes: 0,
    stderrBytes: 0,
    stdoutHead: '',
    stdoutTail: '',
    stderrTail: '',
    swept: 0,
  }
}

/** Where the system has no file left to open, that holds for what explains it as well. */
async function explained(error: unknown, spawn: Spawn): Promise<NonNullable<Exit['spawnError']>> {
  try {
    return (await import('./explain-spawn-error.ts')).explainSpawnError(error, spawn)
  } catch {
    return { code: codeOf(error), detail: messageOf(error) }
  }
}
