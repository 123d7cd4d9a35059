import type { OutputReader } from './output-file.ts'
import { dirname, join, resolve } from 'node:path'
import type { Deed } from '../core/effect.ts'
import type { Failure } from '../core/failure.ts'
import { memoryVariable } from '../core/memory.ts'
import type { Task } from '../core/task.ts'
import { messageOf } from '../core/message-of.ts'
import type { Spawn } from '../process/spawn.ts'
import type { Starter } from '../process/starter.ts'
import type { Agent, AttemptDirectory, Parser } from '../agents/agent.ts'
import type { Lease } from '../agents/proxy/key-proxy.ts'
import { attachFiles, type AttachOptions } from './attach.ts'
import type { ReadChangedHunks } from './changed-hunks.ts'
import { keepKey, type LazyKeyProxy, withoutKey } from './kept-key.ts'
import type { TemporaryPlaces } from './attempt-directory.ts'
import type { OpenedMemory } from './attempt-memory.ts'
import { pickEnvironment } from '../agents/environment.ts'
import type { Installer } from '../agents/install/installer.ts'
import type { FindProgram } from '../process/find-program.ts'
import { outsidePath } from '../process/outside-path.ts'
import { untrustedTask } from './untrusted-task.ts'
import type { LauncherOptions } from './launcher-options.ts'
import { cannotStart } from './cannot-start.ts'
import type { Turns } from './turns.ts'
import type { Payer } from './live-price.ts'
import type { PriceList } from '../agents/price-list.ts'
import type { Confinement } from './confinement.ts'
import type { Confinements } from './lazy-confinements.ts'
import type { WorktreeWorkspaces } from './worktree-workspace.ts'

/** What all attempts of a run share. */
export interface AttemptContext extends LauncherOptions {
  readonly agents: ReadonlyMap<string, Agent>
  readonly places: TemporaryPlaces
  readonly readOutputs: OutputReader
  readonly worktrees: WorktreeWorkspaces
  /** Of the attempts whose changes are to be applied. */
  readonly turns: Turns
  /** What any child may see of the orchestrator's environment. */
  readonly common: Readonly<Record<string, string>>
  readonly find: FindProgram
  readonly installer?: Installer
  readonly starter: Starter
  readonly keyProxy: LazyKeyProxy
  readonly confinements: Confinements
  readonly priceList: PriceList
  readonly changedHunks: ReadChangedHunks
  /** How often the process that had started an instance's program was killed while that ran, by the instance's id. */
  readonly losses: Map<string, number>
  /** What instances have asked for on GitHub in this run, by instance. */
  readonly asked: Map<string, readonly Deed[]>
}

/** A file of an attempt's logs. */
export interface LogPath {
  readonly path: string
  /** Relative to the run directory. */
  readonly name: string
}

/** A process of an attempt ready to be started. */
export interface PreparedProcess {
  readonly spawn: Spawn
  readonly parser: Parser
  readonly files: { readonly stdout: LogPath; readonly stderr: LogPath }
}

/** An attempt ready to be started: who carries it out and where, and its process. */
export interface Prepared extends PreparedProcess {
  readonly agent: Agent
  readonly directory: AttemptDirectory
  /** What its CLI holds instead of a key; to be closed. */
  readonly lease: Lease | undefined
  readonly payer: Payer
  /** What its processes run in; undefined where they run on the machine itself. */
  readonly confinement: Confinement | undefined
  /** What it remembers of earlier runs. */
  readonly memory: OpenedMemory | undefined
}

/** Everything before the process: who runs it, where, with which prompt and environment; or why it cannot start. */
export async function prepareAttempt(
  task: Task,
  number: number,
  workspace: string,
  context: AttemptContext,
): Promise<Prepared | { readonly failure: Failure }> {
  const agent = context.agents.get(task.runtime)
  if (agent === undefined) return cannotStart('UNSUPPORTED', `there is no runtime ${task.runtime} in this version`)
  const refusal = agent.refusal?.(task)
  if (refusal !== undefined) return cannotStart('UNSUPPORTED', refusal)
  const cwd = resolve(workspace, task.workingDirectory ?? '')
  const kept = untrustedTask(task, agent, {
    cwd,
    tree: workspace,
    trust: context.trust,
  })
  if ('failure' in kept) return kept
  const missing = context.provide?.(task).endpoint === undefined ? missingSecrets(task, context) : []
  if (missing.length > 0) return cannotStart('SECRET', missingSecretsMessage(missing))
  const complete = await withAttachments(kept.task, cwd, workspace, context)
  if ('problem' in complete) return cannotStart('ATTACH', complete.problem)
  const files = { stdout: logPath(task, 'stdout.log', context), stderr: logPath(task, 'stderr.log', context) }
  let lease: Lease | undefined
  try {
    const { task: remembering, memory } = await withMemory(complete.task, number, context)
    const opened = await openDirectory(agent, remembering, number, cwd, files.stdout.path, context)
    if ('problem' in opened) return cannotStart('CREDENTIALS', opened.problem)
    lease = opened.lease
    const { payer } = opened
    const directory =
      task.session === undefined ? opened.directory : await withSession(task, agent, opened.directory, context)
    if ('problem' in directory) {
      lease?.close()
      return cannotStart('SESSION', directory.problem)
    }
    const command = agent.command(remembering, directory)
    const spawn = { ...command, env: { ...directory.env, ...command.env } }
    const confinement = await context.confinements.confine({
      task: remembering,
      agent,
      directory,
      tree: workspace,
      workspace: context.workspace,
      runDirectory: context.runDirectory,
      installed: context.installer?.place(agent.program),
      shared: [dirname(context.places.outputFile(number) ?? ''), context.places.shared()],
    })
    if (confinement !== undefined && 'problem' in confinement) {
      lease?.close()
      return cannotStart('CONFINEMENT', confinement.problem)
    }
    const parser = await agent.parser(remembering, directory)
    return { agent, directory, spawn, parser, files, lease, payer, memory, confinement }
  } catch (error) {
    lease?.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'PREPARE'
    return cannotStart(code, messageOf(error))
  }
}

/** The task with its memory at hand: a variable, and of an agent the prompt, says where. */
async function withMemory(
  task: Task,
  number: number,
  context: AttemptContext,
): Promise<{ readonly task: Task; readonly memory: OpenedMemory | undefined }> {
  if (task.memory === undefined) return { task, memory: undefined }
  const { openMemory, describeMemory } = await import('./attempt-memory.ts')
  const memory = await openMemory(task, join(context.places.own(number, undefined).temp, 'memory'), context)
  const { action } = task
  const env = { ...task.env, [memoryVariable]: memory.path }
  if (action.kind !== 'prompt') return { task: { ...task, env }, memory }
  const prompt = `${action.prompt}${describeMemory(memory.path)}`
  return { task: { ...task, env, action: { kind: 'prompt', prompt } }, memory }
}

/** The directory with the conversation that the task takes up in its home. */
async function withSession(
  task: Task,
  agent: Agent,
  directory: AttemptDirectory,
  { runDirectory }: AttemptContext,
): Promise<AttemptDirectory | { readonly problem: string }> {
  const { takeUpSession } = await import('./kept-session.ts')
  const continued = takeUpSession(task, agent, { home: directory.home, runDirectory })
  return 'problem' in continued ? continued : Object.assign(directory, { continued })
}

/** Secrets that the process must have and the orchestrator has not; where models are simulated, none is needed. */
function missingSecrets({ secrets }: Task, { environment }: AttemptContext): string[] {
  return secrets.filter((name) => (environment[name] ?? '') === '')
}

function missingSecretsMessage(names: readonly string[]): string {
  const [first = ''] = names
  return `${names.length === 1 ? `the secret ${first} is` : `the secrets ${names.join(', ')} are`} not set: pass it to the step, env: { ${first}: \${{ secrets.${first} }} }, or export it`
}

/** Where an attempt's file with this suffix stands among the logs. */
export function logPath(task: Task, suffix: string, context: AttemptContext): LogPath {
  const name = `logs/${task.id}.${task.attempt}.${suffix}`
  return { name, path: join(context.runDirectory, name) }
}

async function withAttachments(
  task: Task,
  cwd: string,
  workspace: string,
  context: AttemptContext,
): Promise<{ task: Task } | { problem: string }> {
  if (task.action.kind !== 'prompt' || task.attach.length === 0) return { task }
  const options = attachOptionsOf(task, cwd, workspace, context)
  const attached = await attachFiles(task.action.prompt, task.attach, options)
  if ('problem' in attached) return attached
  const { prompt, sharedLength } = attached
  return { task: { ...task, action: { kind: 'prompt', prompt }, ...(sharedLength !== undefined && { sharedLength }) } }
}

/** Where the files that a task attaches may come from, and what the other entries of `attach` stand for. */
export function attachOptionsOf(task: Task, cwd: string, workspace: string, context: AttemptContext): AttachOptions {
  const roots = [cwd, context.workspace, context.runDirectory]
  // Not to the working directory: in a stranger's tree that may itself be a symbolic link.
  const confinedTo = [workspace, context.workspace, context.runDirectory, ...(context.trust.tree ? [cwd] : [])]
  const foreign = new Set(task.foreignAttach)
  const confines = (pattern: string): boolean => !context.trust.tree || foreign.has(pattern)
  return {
    roots,
    confinedTo,
    isShared: task.prefix !== undefined,
    confines,
    ...(task.threads !== undefined && { threads: task.threads }),
    ...(task.changes && { changes: { diff: task.changes, directory: context.runDirectory } }),
  }
}

async function openDirectory(
  agent: Agent,
  task: Task,
  number: number,
  cwd: string,
  stdoutFile: string,
  context: AttemptContext,
): Promise<Pick<Prepared, 'directory' | 'lease' | 'payer'> | { readonly problem: string }> {
  const { environment, places } = context
  const given = context.provide?.(task)
  const simulated = agent.kind === 'agent' ? given?.endpoint : undefined
  const ownHome = simulated === undefined ? (environment['HOME'] ?? environment['USERPROFILE']) : undefined
  const own = places.own(number, context.trust.tree ? ownHome : undefined)
  const temp = agent.kind === 'agent' ? own.temp : places.shared()
  const full: Record<string, string> = {
    ...context.common,
    TMPDIR: temp,
    ...(environment['RUNNER_TEMP'] && { RUNNER_TEMP: temp }),
    ...(process.platform === 'win32' && { TEMP: temp, TMP: temp }),
    ...(agent.kind === 'agent' && homeVariables(own.home)),
    ORCHESTRATOR_OUTPUT: places.makeOutputFile(number),
    ...given?.variables,
    ...pickEnvironment(environment, agent.providerEnv),
    ...withOutsidePath({ ...pickEnvironment(environment, task.envFrom ?? []), ...task.env }, context),
    ...pickEnvironment(environment, task.secrets),
  }
  if (simulated !== undefined) for (const name of agent.providerEnv) delete full[name]
  const kept = await keepKey(task, agent, { env: full, endpoint: simulated, userHome: ownHome }, context)
  if ('problem' in kept) return kept
  const { lease } = kept
  const env = lease === undefined ? full : withoutKey(full, agent, lease.variables)
  const endpoint =
    lease === undefined
      ? simulated
      : { ...lease.endpoint, ...(simulated === undefined && { real: true as const, api: lease.api }) }
  const directory: AttemptDirectory = Object.assign(own, {
    cwd,
    userHome: lease === undefined ? ownHome : undefined,
    ...(ownHome !== undefined && { userCache: join(ownHome, '.cache') }),
    env,
    stdoutFile,
    // What an image has shows only inside.
    find: (program: string) =>
      context.installer?.path(program) ??
      (task.container === undefined ? context.find(program, env['PATH'] ?? env['Path']) : undefined),
    trust: context.trust,
    ...(endpoint && { endpoint }),
  })
  const payer = {
    provider: agent.provider?.(simulated === undefined ? full : {}) ?? '',
    subscription: ownHome !== undefined && (agent.subscription?.(full, ownHome) ?? false),
  }
  return { directory, lease, payer }
}

/** The environment of an instance, whose PATH leads to no program of a stranger's tree. */
function withOutsidePath(env: Readonly<Record<string, string>>, context: AttemptContext): Record<string, string> {
  const { PATH } = env
  if (context.trust.tree || PATH === undefined) return env
  return { ...env, PATH: outsidePath(PATH, context.workspace).path }
}

const homeVariables = (home: string): Record<string, string> =>
  process.platform === 'win32' ? { HOME: home, USERPROFILE: home } : { HOME: home }
