import { join, resolve } from 'node:path'
import { type AttemptEnded, textLimit } from '../core/event.ts'
import type { Failure, StopCause } from '../core/failure.ts'
import type { Task } from '../core/task.ts'
import { type Accounting, freeAccounting, unknownAccounting } from '../core/usage.ts'
import type { Exit, Spawn, Supervised } from '../process/spawn.ts'
import { supervise } from '../process/supervise.ts'
import type { Agent, AgentEvent, AttemptDirectory, Conclusion, Parser } from './agent.ts'
import { attachFiles } from './attach.ts'
import type { TemporaryPlaces } from './attempt-directory.ts'
import { createProgressMeter } from './attempt-progress.ts'
import { pickEnvironment } from './environment.ts'
import type { FindProgram } from './find-program.ts'
import type { LauncherOptions } from './launcher-options.ts'
import { oneLine, sliceWhole } from './one-line.ts'
import { readOutputFile } from './output-file.ts'

/** What all attempts of a run share. */
export interface AttemptContext extends LauncherOptions {
  readonly agents: ReadonlyMap<string, Agent>
  readonly places: TemporaryPlaces
  /** What any child may see of the orchestrator's environment. */
  readonly common: Readonly<Record<string, string>>
  readonly find: FindProgram
}

/** One attempt under way. */
export interface Attempt {
  /** Settles after its `attempt.ended` was emitted. */
  readonly ended: Promise<void>
  stop(cause: StopCause, how: 'term' | 'kill'): void
}

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

  const carryOut = async (): Promise<void> => {
    const prepared = prepare(task, number, context)
    if ('failure' in prepared) {
      context.emit(unstarted(task, prepared.failure))
      return
    }
    const { agent, directory, spawn, parser, files } = prepared
    const initial = agent.kind === 'agent' ? unknownAccounting : freeAccounting
    const attempt = { id: task.id, attempt: task.attempt }
    const meter = createProgressMeter(attempt, { accounting: initial, model: task.model ?? null }, context.emit)
    const { wants } = parser
    const takeAll = (events: readonly AgentEvent[]): void => {
      for (const event of events) meter.take(event)
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
    context.emit({
      ...attempt,
      type: 'attempt.ended',
      failure: conclusion.failure ?? badOutputs,
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
      patchFile: null,
    })
    if (directory.used) await context.places.discard(number)
  }

  return {
    ended: carryOut(),
    stop(cause, how) {
      stopped = { cause, how }
      supervised?.stop(cause, how)
    },
  }
}

const cannotStart = (code: string, detail: string): { failure: Failure } => ({
  failure: { kind: 'spawn', code, detail: oneLine(detail) },
})

interface LogPath {
  readonly path: string
  /** Relative to the run directory. */
  readonly name: string
}

interface Prepared {
  readonly agent: Agent
  readonly directory: AttemptDirectory & { readonly used: boolean }
  readonly spawn: Spawn
  readonly parser: Parser
  readonly files: { readonly stdout: LogPath; readonly stderr: LogPath }
}

/** Everything before the process: who runs it, where, with which prompt and environment; or why it cannot start. */
function prepare(task: Task, number: number, context: AttemptContext): Prepared | { readonly failure: Failure } {
  const agent = context.agents.get(task.runtime)
  if (agent === undefined) return cannotStart('UNSUPPORTED', `there is no runtime ${task.runtime} in this version`)
  const refusal = agent.refusal?.(task)
  if (refusal !== undefined) return cannotStart('UNSUPPORTED', refusal)
  const cwd = resolve(context.workspace, task.workingDirectory ?? '')
  const complete = withAttachments(task, cwd, context)
  if ('problem' in complete) return cannotStart('ATTACH', complete.problem)
  const files = { stdout: logPath(task, 'stdout', context), stderr: logPath(task, 'stderr', context) }
  try {
    const directory = openDirectory(agent, complete.task, number, cwd, files.stdout.path, context)
    const command = agent.command(complete.task, directory)
    const spawn = { ...command, env: { ...directory.env, ...command.env } }
    return { agent, directory, spawn, parser: agent.parser(complete.task, directory), files }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'PREPARE'
    return cannotStart(code, error instanceof Error ? error.message : String(error))
  }
}

function logPath(task: Task, stream: 'stdout' | 'stderr', context: AttemptContext): LogPath {
  const name = `logs/${task.id}.${task.attempt}.${stream}.log`
  return { name, path: join(context.runDirectory, name) }
}

function withAttachments(task: Task, cwd: string, context: AttemptContext): { task: Task } | { problem: string } {
  if (task.action.kind !== 'prompt' || task.attach.length === 0) return { task }
  const roots = [cwd, context.workspace, context.runDirectory]
  const confinement = context.trustWorkingTree ? {} : { confinedTo: roots }
  const attached = attachFiles(task.action.prompt, task.attach, { roots, ...confinement })
  if ('problem' in attached) return attached
  return { task: { ...task, action: { kind: 'prompt', prompt: attached.prompt } } }
}

function openDirectory(
  agent: Agent,
  task: Task,
  number: number,
  cwd: string,
  stdoutFile: string,
  context: AttemptContext,
): Prepared['directory'] {
  const { environment, places } = context
  const endpoint = agent.kind === 'agent' ? context.endpoint?.(task) : undefined
  const userHome = endpoint === undefined ? (environment['HOME'] ?? environment['USERPROFILE']) : undefined
  const own = places.own(number, context.trustWorkingTree ? userHome : undefined)
  const temp = agent.kind === 'agent' ? own.temp : places.shared()
  const env: Record<string, string> = {
    ...context.common,
    TMPDIR: temp,
    ...(process.platform === 'win32' && { TEMP: temp, TMP: temp }),
    ...(agent.kind === 'agent' && homeVariables(own.home)),
    ORCHESTRATOR_OUTPUT: places.outputFile(number),
    ...pickEnvironment(environment, agent.providerEnv),
    ...task.env,
    ...pickEnvironment(environment, task.secrets),
  }
  if (endpoint !== undefined) for (const name of agent.providerEnv) delete env[name]
  return {
    cwd,
    get home() {
      return own.home
    },
    get temp() {
      return own.temp
    },
    get used() {
      return own.used
    },
    userHome,
    env,
    stdoutFile,
    find: (program) => context.find(program, env['PATH'] ?? env['Path']),
    trustWorkingTree: context.trustWorkingTree,
    ...(endpoint && { endpoint }),
  }
}

const homeVariables = (home: string): Record<string, string> =>
  process.platform === 'win32' ? { HOME: home, USERPROFILE: home } : { HOME: home }

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
