import type { RunEvent } from '../core/event.ts'
import type { Task } from '../core/task.ts'
import { type Accounting, addAccounting, freeAccounting, unknownAccounting } from '../core/usage.ts'
import { messageOf } from '../core/message-of.ts'
import type { Exit, Supervised } from '../process/spawn.ts'
import { supervise } from '../process/supervise.ts'
import type { AgentEvent, Conclusion, Parser } from '../agents/agent.ts'
import { createProgressMeter } from './attempt-progress.ts'
import { plainLine } from '../core/plain-text.ts'
import type { AttemptContext, Prepared, PreparedProcess } from './prepare-attempt.ts'
import { livePricer } from './live-price.ts'
import { causeOf, type Stopping } from './stopping.ts'
import { afterRepair, countFrom, findRepairable, prepareRepair, unrepaired } from './repair.ts'

/** What an attempt's processes came to; `exit` and `files` are those of the last one, its duration counts from the start of the first. */
export interface Ended {
  readonly exit: Exit
  readonly files: PreparedProcess['files']
  readonly conclusion: Conclusion
}

/** How often a parser is asked for what its stream does not say, milliseconds. */
const pollMs = 500

/**
 * Runs the processes of one attempt to their end: one that does the work, and sometimes one that was asked to repair its answer. `mark` is what
 * they all carry. The one that runs is stopped when `stopping` says so, and no other is started.
 */
export function runProcesses(
  prepared: Prepared,
  task: Task,
  mark: string,
  stopping: Stopping,
  context: AttemptContext,
): Promise<Ended> {
  const { agent, confinement } = prepared
  const initial = agent.kind === 'agent' ? unknownAccounting : freeAccounting
  const attempt = { id: task.id, attempt: task.attempt }
  const meter = createProgressMeter(attempt, { accounting: initial, model: task.model ?? null }, context.emit)
  let supervised: Supervised | undefined

  const takeAll = (events: readonly AgentEvent[]): void => {
    for (const event of events) {
      if (event.type === 'accounting') isSilent &&= event.accounting.usage === null
      if (event.type === 'refused') supervised?.stop()
      else if (event.type === 'accounting') takeAccount(event.accounting)
      else if (event.type !== 'said') meter.take(event)
    }
  }

  const price = agent.counts?.cost === 'unknown' ? livePricer(task.model, prepared.payer, context.priceList) : undefined
  const takeAccount = (accounting: Accounting): void => {
    meter.take({ type: 'accounting', accounting: price?.(accounting) ?? accounting })
  }

  /** What a CLI says nothing about before its end is counted by what goes through the key proxy. */
  const { lease } = prepared
  let isSilent = true
  if (lease !== undefined)
    lease.onServed = () => {
      const { usage } = lease.ledger
      if (isSilent) takeAccount({ ...unknownAccounting, usage })
    }

  const run = async (
    { spawn, parser, files }: PreparedProcess,
    timeoutMs: number | undefined,
    started: (pid: number, argv: readonly string[]) => RunEvent,
  ): Promise<Exit> => {
    const { wants } = parser
    const outer = confinement?.around(spawn) ?? spawn
    const argv = outer.argv.map((argument) => plainLine(argument))
    supervised = supervise(outer, {
      mark,
      stdoutFile: files.stdout.path,
      stderrFile: files.stderr.path,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(task.idleTimeoutMs !== undefined && { idleTimeoutMs: task.idleTimeoutMs }),
      graceMs: context.graceMs,
      limits: confinement?.watched(task.limits) ?? task.limits,
      start: context.losses.has(task.id) ? context.starter.startApart : context.starter.start,
      onStart: (pid) => context.emit(started(pid, argv)),
      redact: () => context.redactor.stream(),
      ...(agent.kind === 'agent' && {
        onLine: (line: string) => takeAll(parser.line(line)),
        ...(wants && { wantsLine: (head: Uint8Array) => wants(head) }),
      }),
    })
    obey(supervised, stopping)
    const polling = parser.poll && setInterval(() => takeAll(parser.poll?.() ?? []), pollMs)
    const ended = await supervised.ended
    clearInterval(polling)
    return (await confinement?.settle(ended)) ?? ended
  }

  const work = async (): Promise<Ended> => {
    const { spawn, parser, files, directory } = prepared
    const { continued } = directory
    const exit = await run(prepared, task.timeoutMs, (pid, argv) => ({
      type: 'attempt.started',
      ...attempt,
      runtime: task.runtime,
      model: task.model ?? null,
      pid,
      argv,
      envNames: Object.keys(spawn.env),
      cwd: spawn.cwd,
      ...(continued && {
        continues: { from: task.session?.from ?? '', session: continued.session, fork: continued.fork },
      }),
    }))
    return { exit, files, conclusion: excuse(await conclude(parser, exit, initial), exit, task.id, context) }
  }

  /** Asks the agent once more where its answer breaks the output schema. */
  const repair = async (first: Ended): Promise<Ended> => {
    const repairable = await findRepairable(prepared, task, first.conclusion)
    if (repairable === undefined) return first
    // The engine takes this in before it is asked whether more may be spent, and may stop us at it.
    meter.flush({ type: 'accounting', accounting: repairable.accounting })
    if (causeOf(stopping) !== undefined) return first
    const exhausted = context.exhausted?.(task.id)
    if (exhausted !== undefined) return { ...first, conclusion: unrepaired(repairable, exhausted) }
    const usedMs = first.exit.durationMs
    const second = await prepareRepair(prepared, task, repairable, context)
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

  return work()
    .then(repair)
    .finally(() => meter.stop())
}

/** Stops a process as soon as that is asked for, be it already. */
function obey(process: Supervised, stopping: Stopping): void {
  const { stop, kill } = stopping
  const tell = (how: 'term' | 'kill') => () => process.stop(causeOf(stopping), how)
  for (const [signal, act] of [
    [stop, tell('term')],
    [kill, tell('kill')],
  ] as const)
    if (signal.aborted) act()
    else signal.addEventListener('abort', act)
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
