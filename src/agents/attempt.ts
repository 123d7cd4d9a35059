import { type AttemptEnded, textLimit } from '../core/event.ts'
import type { Failure, StopCause } from '../core/failure.ts'
import type { Task } from '../core/task.ts'
import { type Accounting, freeAccounting, unknownAccounting } from '../core/usage.ts'
import type { Exit, Supervised } from '../process/spawn.ts'
import { supervise } from '../process/supervise.ts'
import type { Agent, AgentEvent, Conclusion, Parser } from './agent.ts'
import { createProgressMeter } from './attempt-progress.ts'
import { oneLine, sliceWhole } from './one-line.ts'
import { readOutputFile } from './output-file.ts'
import { type AttemptContext, cannotStart, logPath, prepareAttempt } from './prepare-attempt.ts'
import type { WorktreeWorkspace } from './worktree-workspace.ts'

/** One attempt under way. */
export interface Attempt {
  /** Settles after its `attempt.ended` was emitted. */
  readonly ended: Promise<void>
  stop(cause: StopCause, how: 'term' | 'kill'): void
}

const maskedPatch = 'its patch held a secret, which was masked: it no longer applies there'

/** How often a parser is asked for what its stream does not say, milliseconds. */
const pollMs = 500

/** Characters of each output that a failure report shows. */
const tailLimit = 4096

/** Longest argument that the event of a start repeats. */
const argumentLimit = 4096

/** Starts a task and sees it to its end; `number` is unique among the attempts of the run. */
export function startAttempt(task: Task, number: number, context: AttemptContext): Attempt {
  let supervised: Supervised | undefined
  let stopped: { cause: StopCause; how: 'term' | 'kill' } | undefined
  const turn = task.workspace.apply ? context.turns.enter(context.position?.(task.id) ?? number) : undefined

  /** The changes of who stands before us in the plan and runs now are applied first; who is stopped meanwhile applies nothing. */
  const inTurn = async (): Promise<Failure | undefined> => {
    await turn?.come()
    if (stopped === undefined) return undefined
    return { kind: 'cancelled', cause: stopped.cause, detail: 'its changes were kept as a patch, not applied' }
  }

  const carryOut = async (): Promise<void> => {
    const own = task.workspace.kind === 'worktree' ? await openWorktree(number, context) : undefined
    if (own !== undefined && 'failure' in own) return context.emit(unstarted(task, own.failure))
    const prepared: ReturnType<typeof prepareAttempt> =
      stopped === undefined
        ? prepareAttempt(task, number, own?.path ?? context.workspace, context)
        : { failure: { kind: 'cancelled', cause: stopped.cause } }
    if ('failure' in prepared) {
      await own?.discard()
      return context.emit(unstarted(task, prepared.failure))
    }
    const { agent, directory, spawn, parser, files } = prepared
    const initial = agent.kind === 'agent' ? unknownAccounting : freeAccounting
    const attempt = { id: task.id, attempt: task.attempt }
    const meter = createProgressMeter(attempt, { accounting: initial, model: task.model ?? null }, context.emit)
    const { wants } = parser
    const takeAll = (events: readonly AgentEvent[]): void => {
      for (const event of events)
        if (event.type === 'refused') supervised?.stop()
        else meter.take(event)
    }
    supervised = supervise(spawn, {
      mark: `${context.runId}.${number}`,
      stdoutFile: files.stdout.path,
      stderrFile: files.stderr.path,
      ...(task.timeoutMs !== undefined && { timeoutMs: task.timeoutMs }),
      ...(task.idleTimeoutMs !== undefined && { idleTimeoutMs: task.idleTimeoutMs }),
      graceMs: context.graceMs,
      limits: task.limits,
      redact: () => context.redactor.stream(),
      ...(agent.kind === 'agent' && {
        onLine: (line: string) => takeAll(parser.line(line)),
        ...(wants && { wantsLine: (head: Uint8Array) => wants(head) }),
      }),
    })
    if (supervised.pid !== undefined)
      context.emit({
        type: 'attempt.started',
        ...attempt,
        runtime: task.runtime,
        model: task.model ?? null,
        pid: supervised.pid,
        argv: spawn.argv.map((argument) => oneLine(context.redactor.text(argument), argumentLimit)),
        envNames: Object.keys(spawn.env),
        cwd: spawn.cwd,
      })
    if (stopped !== undefined) supervised.stop(stopped.cause, stopped.how)
    const polling = parser.poll && setInterval(() => takeAll(parser.poll?.() ?? []), pollMs)
    const exit = await supervised.ended
    clearInterval(polling)
    meter.stop()
    const conclusion = await conclude(parser, exit, initial)
    const written = readOutputFile(context.places.outputFile(number))
    const badOutputs: Failure | null =
      written.problem === undefined
        ? null
        : { kind: 'invalid-output', detail: oneLine(`ORCHESTRATOR_OUTPUT: ${written.problem}`) }
    const patch = logPath(task, 'changes.patch', context)
    const failure = conclusion.failure ?? badOutputs
    const changes = await own?.finish({
      apply: failure === null && task.workspace.apply ? inTurn : undefined,
      patchFile: patch.path,
    })
    if (changes?.masked) context.emit({ type: 'notice', level: 'warning', id: task.id, message: maskedPatch })
    context.emit({
      ...attempt,
      type: 'attempt.ended',
      failure: failure ?? changes?.failure ?? null,
      exitCode: exit.code,
      signal: exit.signal,
      durationMs: Math.round(exit.durationMs),
      runtime: task.runtime,
      model: conclusion.model,
      accounting: exit.spawnError === undefined ? conclusion.accounting : freeAccounting,
      text: sliceWhole(conclusion.text, textLimit),
      textTruncated:
        conclusion.text.length > textLimit ||
        (agent.kind === 'command' && exit.stdoutBytes > Buffer.byteLength(conclusion.text)),
      json: conclusion.json,
      outputs: written.outputs,
      tail: tailOf(agent, exit, conclusion),
      denials: conclusion.denials,
      session: conclusion.session,
      stdoutFile: exit.stdoutBytes > 0 ? files.stdout.name : null,
      stderrFile: exit.stderrBytes > 0 ? files.stderr.name : null,
      patchFile: changes?.kept ? patch.name : null,
    })
    if (directory.used) await context.places.discard(number)
  }

  return {
    ended: carryOut().finally(() => turn?.leave()),
    stop(cause, how) {
      stopped = { cause, how }
      supervised?.stop(cause, how)
      turn?.leave()
    },
  }
}

async function openWorktree(
  number: number,
  context: AttemptContext,
): Promise<WorktreeWorkspace | { readonly failure: Failure }> {
  try {
    return await context.worktrees.open(`${context.runId}-${number}`)
  } catch (error) {
    return cannotStart('WORKTREE', error instanceof Error ? error.message : String(error))
  }
}

/** The adapter's verdict; an adapter that throws has lost the attempt, not the run. */
async function conclude(parser: Parser, exit: Exit, accounting: Accounting): Promise<Conclusion> {
  try {
    return await parser.end(exit)
  } catch (error) {
    const detail = oneLine(
      `its output could not be understood: ${error instanceof Error ? error.message : String(error)}`,
    )
    return {
      failure: { kind: 'crash', detail },
      text: '',
      json: null,
      accounting,
      model: null,
      session: null,
      denials: 0,
    }
  }
}

/** What a failure report shows: of an agent what it said, since its output is a protocol; of a command what it printed. */
function tailOf(agent: Agent, exit: Exit, conclusion: Conclusion): string {
  const said = agent.kind === 'agent' ? conclusion.text : exit.stdoutTail
  return [said, exit.stderrTail]
    .map((text) => lastCharacters(text.trim()))
    .filter((text) => text !== '')
    .join('\n')
}

function lastCharacters(text: string): string {
  if (text.length <= tailLimit) return text
  const start = text.indexOf('\n', text.length - tailLimit)
  return text.slice(start === -1 ? text.length - tailLimit : start + 1)
}

function unstarted(task: Task, failure: Failure): AttemptEnded {
  return {
    type: 'attempt.ended',
    id: task.id,
    attempt: task.attempt,
    failure,
    exitCode: null,
    signal: null,
    durationMs: 0,
    runtime: task.runtime,
    model: task.model ?? null,
    accounting: freeAccounting,
    text: '',
    textTruncated: false,
    json: null,
    outputs: {},
    tail: '',
    denials: 0,
    session: null,
    stdoutFile: null,
    stderrFile: null,
    patchFile: null,
  }
}
