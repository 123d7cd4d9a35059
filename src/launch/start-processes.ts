import type { RunEvent } from '../core/event.ts'
import type { StopCause } from '../core/failure.ts'
import type { Task } from '../core/task.ts'
import { type Accounting, addAccounting, freeAccounting, unknownAccounting } from '../core/usage.ts'
import { messageOf } from '../core/message-of.ts'
import type { Exit, Supervised } from '../process/spawn.ts'
import { supervise } from '../process/supervise.ts'
import type { AgentEvent, Conclusion, Parser } from '../agents/agent.ts'
import { createProgressMeter } from './attempt-progress.ts'
import { plainLine } from '../core/plain-text.ts'
import type { AttemptContext, Prepared, PreparedProcess } from './prepare-attempt.ts'
import { afterRepair, countFrom, findRepairable, prepareRepair, unrepaired } from './repair.ts'

/** The processes of one attempt: one that does the work, and sometimes one that is asked to repair its answer. */
export interface Processes {
  readonly ended: Promise<Ended>
  /** Stops the one that runs; no other is started. */
  stop(cause: StopCause, how: 'term' | 'kill'): void
}

/** What an attempt's processes came to; `exit` and `files` are those of the last one, its duration counts from the start of the first. */
export interface Ended {
  readonly exit: Exit
  readonly files: PreparedProcess['files']
  readonly conclusion: Conclusion
}

/** How often a parser is asked for what its stream does not say, milliseconds. */
const pollMs = 500

/** Starts what was prepared; `mark` is what all its processes carry. */
export function startProcesses(prepared: Prepared, task: Task, mark: string, context: AttemptContext): Processes {
  const { agent } = prepared
  const initial = agent.kind === 'agent' ? unknownAccounting : freeAccounting
  const attempt = { id: task.id, attempt: task.attempt }
  const meter = createProgressMeter(attempt, { accounting: initial, model: task.model ?? null }, context.emit)
  let supervised: Supervised | undefined
  let stopped: { cause: StopCause; how: 'term' | 'kill' } | undefined

  const takeAll = (events: readonly AgentEvent[]): void => {
    for (const event of events)
      if (event.type === 'refused') supervised?.stop()
      else meter.take(event)
  }

  const run = async (
    { spawn, parser, files }: PreparedProcess,
    timeoutMs: number | undefined,
    started: (pid: number, argv: readonly string[]) => RunEvent,
  ): Promise<Exit> => {
    const { wants } = parser
    const argv = spawn.argv.map((argument) => plainLine(argument))
    supervised = supervise(spawn, {
      mark,
      stdoutFile: files.stdout.path,
      stderrFile: files.stderr.path,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(task.idleTimeoutMs !== undefined && { idleTimeoutMs: task.idleTimeoutMs }),
      graceMs: context.graceMs,
      limits: task.limits,
      start: context.losses.has(task.id) ? context.starter.startApart : context.starter.start,
      onStart: (pid) => context.emit(started(pid, argv)),
      redact: () => context.redactor.stream(),
      ...(agent.kind === 'agent' && {
        onLine: (line: string) => takeAll(parser.line(line)),
        ...(wants && { wantsLine: (head: Uint8Array) => wants(head) }),
      }),
    })
    if (stopped !== undefined) supervised.stop(stopped.cause, stopped.how)
    const polling = parser.poll && setInterval(() => takeAll(parser.poll?.() ?? []), pollMs)
    const exit = await supervised.ended
    clearInterval(polling)
    return exit
  }

  const work = async (): Promise<Ended> => {
    const { spawn, parser, files } = prepared
    const exit = await run(prepared, task.timeoutMs, (pid, argv) => ({
      type: 'attempt.started',
      ...attempt,
      runtime: task.runtime,
      model: task.model ?? null,
      pid,
      argv,
      envNames: Object.keys(spawn.env),
      cwd: spawn.cwd,
    }))
    return { exit, files, conclusion: excuse(await conclude(parser, exit, initial), exit, task.id, context) }
  }

  /** Asks the agent once more where its answer breaks the output schema. */
  const repair = async (first: Ended): Promise<Ended> => {
    const repairable = await findRepairable(prepared, task, first.conclusion)
    if (repairable === undefined) return first
    // The engine takes this in before it is asked whether more may be spent, and may stop us at it.
    meter.flush({ type: 'accounting', accounting: repairable.accounting })
    if (stopped !== undefined) return first
    const exhausted = context.exhausted?.(task.id)
    if (exhausted !== undefined) return { ...first, conclusion: unrepaired(repairable, exhausted) }
    const usedMs = first.exit.durationMs
    const second = prepareRepair(prepared, task, repairable, context)
    const why = repairable.failure.detail
    const leftMs = task.timeoutMs === undefined ? undefined : Math.max(0, task.timeoutMs - usedMs)
    const own = await run(second, leftMs, (pid, argv) => ({ type: 'attempt.repairing', ...attempt, why, pid, argv }))
    const exit = countFrom(own, usedMs)
    const conclusion = await conclude(second.parser, exit, addAccounting(repairable.accounting, initial))
    return {
      exit,
      files: second.files,
      conclusion: excuse(afterRepair(repairable, conclusion), exit, task.id, context),
    }
  }

  return {
    ended: work()
      .then(repair)
      .finally(() => meter.stop()),
    stop(cause, how) {
      stopped = { cause, how }
      supervised?.stop(cause, how)
    },
  }
}

/** After so many an instance is taken for what kills the process that starts it. */
const mostLosses = 3

/** A program that was killed because nobody could have told how it ends is lost, which is no fault of its own, and is started again. */
function excuse(conclusion: Conclusion, exit: Exit, id: string, { losses }: AttemptContext): Conclusion {
  const { lost, termination } = exit
  if (lost === undefined || termination !== undefined || conclusion.failure === null) return conclusion
  const count = (losses.get(id) ?? 0) + 1
  losses.set(id, count)
  if (count < mostLosses) return { ...conclusion, failure: { kind: 'lost', detail: lost } }
  return { ...conclusion, failure: { kind: 'crash', detail: `${lost}, each of the ${count} times it ran` } }
}

/** The adapter's verdict; an adapter that throws has lost the attempt, not the run. */
async function conclude(parser: Parser, exit: Exit, accounting: Accounting): Promise<Conclusion> {
  try {
    return await parser.end(exit)
  } catch (error) {
    const detail = plainLine(`its output could not be parsed: ${messageOf(error)}`)
    return {
      failure: { kind: 'crash', detail },
      text: '',
      json: null,
      accounting,
      model: null,
      session: null,
      denials: 0,
      remarks: [],
    }
  }
}
