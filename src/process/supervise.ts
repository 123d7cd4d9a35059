import { spawn as spawnChild, type ChildProcess } from 'node:child_process'
import { textLimit } from '../core/event.ts'
import { readOutput } from './child-output.ts'
import { createLineSplitter, maxLineBytes } from './line-splitter.ts'
import { markVariable, nestMark } from './mark.ts'
import { newcomersSince, noteBirth } from './newcomers.ts'
import type { Exit, Spawn, Supervised, Supervision, Termination } from './spawn.ts'
import { codeOf, explainSpawnError } from './spawn-error.ts'
import { groupEnded, hasGroup, signalGroup } from './process-group.ts'
import { sweepAmong } from './sweep.ts'
import { watchLimits } from './watch-limits.ts'

/** How long output may still come after the process itself has ended, while a descendant holds its pipes. */
const drainMs = 1000
/** Bytes of the end of each output that a failure report may show. */
const tailBytes = 16_384
/** Longest delay a timer takes; a longer timeout is none. */
const longestTimerMs = 2_147_483_647

/**
 * Starts a program in a process group of its own and watches it until it, its output and its descendants have ended.
 *
 * What is promised about descendants: when `ended` resolves, no process that carries this attempt's mark is alive, however it
 * detached itself (Linux; elsewhere none of its process group). One that ended up outside the group *and* with an emptied
 * environment is not recognised. A descendant that outlives a successful program is killed at once, without a grace, unless it
 * holds the output pipes: then what it still prints within a second is kept.
 *
 * A log that cannot be written (full disk) ends the process as a stop does, and `Exit.logError` says so: a run without its
 * record is not worth its cost.
 */
export function supervise(spawn: Spawn, supervision: Supervision): Supervised {
  const { limits, mark } = supervision
  const startedAt = performance.now()
  let child: ChildProcess
  try {
    child = start(spawn, mark)
  } catch (error) {
    return { pid: undefined, ended: Promise.resolve(neverRan(spawn, error, startedAt)), stop() {} }
  }
  const { pid, stdout, stderr } = child
  if (pid === undefined || stdout === null || stderr === null)
    return {
      pid: undefined,
      ended: new Promise((resolve) => {
        child.on('error', (error) => resolve(neverRan(spawn, error, startedAt)))
      }),
      stop() {},
    }

  const birth = noteBirth(pid)
  const timers = new Set<NodeJS.Timeout>()
  let termination: Termination | undefined
  let logError: string | undefined
  let termAt: number | undefined
  let killed = false
  let exit: { code: number | null; signal: string | null; durationMs: number } | undefined
  let lastOutputAt = startedAt
  let swept = 0

  const after = (ms: number, act: () => void): void => {
    if (ms > longestTimerMs) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      act()
    }, ms)
    timers.add(timer)
  }

  const kill = (): void => {
    killed = true
    signalGroup(pid, 'SIGKILL')
  }

  const end = (how: 'term' | 'kill'): void => {
    if (exit !== undefined) return
    if (how === 'kill') kill()
    else if (termAt === undefined) {
      termAt = performance.now()
      signalGroup(pid, 'SIGTERM')
      after(supervision.graceMs, kill)
    }
  }

  const terminate = (why: Termination, how: 'term' | 'kill' = 'term'): void => {
    termination ??= why
    end(how)
  }

  const onLogError = (error: Error): void => {
    logError ??= codeOf(error)
    end('term')
  }

  const onChunk = (): void => {
    lastOutputAt = performance.now()
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
  const shared = { tailBytes, onChunk, onLogError }
  const out = readOutput(stdout, {
    ...shared,
    file: supervision.stdoutFile,
    redactor: supervision.redact?.(),
    headChars: textLimit,
    lines,
  })
  const err = readOutput(stderr, {
    ...shared,
    file: supervision.stderrFile,
    redactor: supervision.redact?.(),
    headChars: tailBytes,
    lines: undefined,
  })

  if (spawn.stdin !== undefined && child.stdin !== null) {
    child.stdin.on('error', () => {})
    child.stdin.end(spawn.stdin)
  }

  const { timeoutMs, idleTimeoutMs } = supervision
  if (timeoutMs !== undefined) after(timeoutMs, () => terminate({ kind: 'timeout', limit: 'wall', afterMs: timeoutMs }))
  if (idleTimeoutMs !== undefined) {
    const check = (): void => {
      const leftMs = idleTimeoutMs - (performance.now() - lastOutputAt)
      if (leftMs > 0) after(Math.ceil(leftMs), check)
      else terminate({ kind: 'timeout', limit: 'idle', afterMs: idleTimeoutMs })
    }
    after(idleTimeoutMs, check)
  }
  const limitWatch = watchLimits(mark, limits, terminate)

  const newcomers = (): number[] => newcomersSince(birth)

  const sweepDescendants = async (): Promise<void> => {
    if (termAt !== undefined) {
      const killAt = termAt + supervision.graceMs
      await groupEnded(pid, newcomers, () => killed || performance.now() >= killAt)
    }
    const inGroup = hasGroup(pid)
    if (newcomers().length > 0) {
      const count = await sweepAmong(mark, newcomers)
      swept += count
    }
    if (inGroup) kill()
  }

  let earlySweep: Promise<void> | undefined
  const drain = async (): Promise<void> => {
    let open = 2
    await new Promise<void>((resolve) => {
      const closed = (): void => {
        open--
        if (open === 0 && exit !== undefined) resolve()
      }
      stdout.once('close', closed)
      stderr.once('close', closed)
      child.once('exit', (code, signal) => {
        exit = { code, signal, durationMs: performance.now() - startedAt }
        limitWatch?.stop()
        if (open === 0) resolve()
        else
          after(killed ? 0 : drainMs, () => {
            earlySweep = sweepDescendants()
            after(drainMs, () => {
              stdout.destroy()
              stderr.destroy()
            })
          })
      })
    })
  }

  const conclude = async (): Promise<Exit> => {
    await drain()
    await earlySweep
    await sweepDescendants()
    for (const timer of timers) clearTimeout(timer)
    await Promise.all([out.finish(), err.finish()])
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
    }
  }

  return {
    pid,
    ended: conclude(),
    stop(cause, how = 'term') {
      if (exit === undefined) {
        termination ??= { kind: 'stopped', cause }
        end(how)
      } else if (how === 'kill') killed = true
    },
  }
}

function start(spawn: Spawn, mark: string): ChildProcess {
  const [program, ...args] = spawn.argv
  return spawnChild(program ?? '', args, {
    cwd: spawn.cwd,
    env: { ...spawn.env, [markVariable]: nestMark(spawn.env[markVariable], mark) },
    stdio: [spawn.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
}

function neverRan(spawn: Spawn, error: unknown, startedAt: number): Exit {
  return {
    code: null,
    signal: null,
    spawnError: explainSpawnError(error, spawn),
    durationMs: performance.now() - startedAt,
    stdoutBytes: 0,
    stderrBytes: 0,
    stdoutHead: '',
    stdoutTail: '',
    stderrTail: '',
    swept: 0,
  }
}
