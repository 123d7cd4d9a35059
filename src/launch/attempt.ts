import { blankEnd } from '../core/blank-end.ts'
import { endOf } from '../core/cut-text.ts'
import type { AttemptEnded } from '../core/event.ts'
import type { WorktreeState } from '../core/effect.ts'
import type { Failure } from '../core/failure.ts'
import type { Task } from '../core/task.ts'
import { freeAccounting, type ModelAccount } from '../core/usage.ts'
import { messageOf } from '../core/message-of.ts'
import type { Exit } from '../process/spawn.ts'
import type { Agent, AttemptDirectory, Conclusion } from '../agents/agent.ts'
import type { Installer } from '../agents/install/installer.ts'
import { withRemedy } from '../agents/remedies.ts'
import { plainLine } from '../core/plain-text.ts'
import { carriedJson, carriedText } from './carried-output.ts'
import type { Answer } from './deed-reading.ts'
import { givenOpinion } from './given-opinion.ts'
import { reportedFindings } from './reported-findings.ts'
import { cannotStart } from './cannot-start.ts'
import { type AttemptContext, logPath, prepareAttempt, type Prepared } from './prepare-attempt.ts'
import { settleLease } from './kept-key.ts'
import { runProcesses } from './run-processes.ts'
import { unexpectedWarning } from './unexpected-warning.ts'
import { causeOf, type Stopping } from './stopping.ts'
import type { Apply, Changes, WorktreeWorkspace } from './worktree-workspace.ts'

/** Characters of each output that a failure report shows. */
const tailLimit = 4096

/** Starts a task and sees it to its end, which its `attempt.ended` tells; `number` is unique among the attempts of the run. */
export async function runAttempt(
  task: Task,
  number: number,
  stopping: Stopping,
  context: AttemptContext,
): Promise<void> {
  const turn = task.workspace.apply ? context.turns.enter(context.position?.(task.id) ?? number) : undefined

  /** The changes of who stands before us in the plan and runs now are applied first; who is stopped meanwhile applies nothing. */
  const inTurn = async (): Promise<Failure | undefined> => {
    await turn?.come()
    const cause = causeOf(stopping)
    if (cause === undefined) return undefined
    return { kind: 'cancelled', cause, detail: 'its changes were kept as a patch, not applied' }
  }

  /** Once it is announced, the journal can tell what was done; a journal that can take nothing more has stopped us before this returns. */
  const applyOf = (ended: AttemptEnded): Apply => ({
    allowPaths: task.workspace.allowPaths ?? [],
    when: inTurn,
    announce(effect) {
      if (hasStopped()) return false
      context.emit({ type: 'effect.started', id: task.id, attempt: task.attempt, effect, ended })
      return !hasStopped()
    },
  })

  const doOutside = async (ended: AttemptEnded, answer: Answer): Promise<AttemptEnded> => {
    const { changeOutside } = await import('./change-outside.ts')
    return changeOutside(task, ended, answer, { ...context, stopped: () => causeOf(stopping) })
  }

  const hasStopped = (): boolean => causeOf(stopping) !== undefined

  const carryOut = async (): Promise<void> => {
    if (task.cache !== undefined && task.attempt === 1 && context.outcomes !== undefined && !hasStopped()) {
      const { restoreOutcome } = await import('./restore-outcome.ts')
      if (await restoreOutcome(task, context.outcomes, stopping, context)) return
    }
    const worktree = task.workspace.kind === 'worktree' ? await openWorktree(task, number, context) : undefined
    if (worktree !== undefined && 'failure' in worktree) return context.emit(unstarted(task, worktree.failure))
    const missing = context.installer && (await missingProgram(task, context.installer, stopping, context))
    const cause = causeOf(stopping)
    const prepared: Awaited<ReturnType<typeof prepareAttempt>> =
      cause !== undefined
        ? { failure: { kind: 'cancelled', cause } }
        : (missing ?? (await prepareAttempt(task, number, worktree?.path ?? context.workspace, context)))
    if ('failure' in prepared) {
      if (task.workspace.group === undefined) await worktree?.discard()
      return context.emit(unstarted(task, prepared.failure))
    }
    const { agent, directory, lease } = prepared
    const mark = `${context.runId}.${number}`
    const { exit, files, conclusion: own } = await runProcesses(prepared, task, mark, stopping, context)
    const requests = logPath(task, 'requests.ndjson', context).path
    const settled = lease === undefined ? own : await settleLease(lease, own, requests, context)
    if (lease !== undefined) context.record?.(task, lease)
    const { accounts, ...conclusion } = await priced(settled, prepared, context)
    const written = context.readOutputs(context.places.outputFile(number) ?? '')
    const transcriptFile = await keepConversation(task, prepared, own.session, context)
    const badOutputs: Failure | null =
      written.problem === undefined
        ? null
        : { kind: 'invalid-output', detail: plainLine(`ORCHESTRATOR_OUTPUT: ${written.problem}`) }
    const patch = logPath(task, 'changes.patch', context)
    const root = worktree?.path ?? context.workspace
    const { changedHunks } = context
    const work = { root, cwd: prepared.spawn.cwd, changedHunks, reviewed: context.reviewed?.() }
    const reported = await reportedFindings(task, conclusion.json, work)
    const opinion = conclusion.failure ? undefined : await givenOpinion(task, conclusion.json, root)
    const ownFailure = conclusion.failure && explained(conclusion.failure, agent, directory)
    const failure = ownFailure ?? badOutputs ?? reported.failure ?? unexpectedWarning(task, conclusion) ?? null
    for (const message of [...conclusion.remarks.map(({ text }) => text), ...reported.remarks])
      context.emit({ type: 'notice', level: 'warning', id: task.id, message })
    const said = context.redactor.text(conclusion.text)
    const ended: AttemptEnded = {
      type: 'attempt.ended',
      id: task.id,
      attempt: task.attempt,
      failure,
      exitCode: exit.code,
      signal: exit.signal,
      durationMs: Math.round(exit.durationMs),
      runtime: task.runtime,
      model: conclusion.model,
      accounting: conclusion.accounting,
      ...(accounts.length > 0 && { models: accounts }),
      ...carriedText(said, exit, agent, logPath(task, 'text.txt', context), context),
      ...carriedJson(conclusion.json, task, logPath(task, 'json', context), context),
      ...(reported.findings !== undefined && { findings: reported.findings }),
      ...(opinion !== undefined && { opinion }),
      outputs: written.outputs,
      tail: tailOf(agent, exit, said),
      denials: conclusion.denials,
      session: conclusion.session,
      ...(transcriptFile !== undefined && { transcriptFile }),
      stdoutFile: exit.stdoutBytes > 0 ? files.stdout.name : null,
      stderrFile: exit.stderrBytes > 0 ? files.stderr.name : null,
      patchFile: null,
    }
    const isMember = task.workspace.group !== undefined && task.workspace.closes !== true
    const changes: (Changes & { readonly state?: WorktreeState }) | undefined = isMember
      ? await keepIn(worktree, failure, patch.path)
      : await worktree?.finish({
          apply: failure === null && task.workspace.apply ? applyOf({ ...ended, patchFile: patch.name }) : undefined,
          patchFile: patch.path,
          ...leavingOf(task, context),
        })
    for (const message of changes?.notices ?? [])
      context.emit({ type: 'notice', level: 'warning', id: task.id, message })
    const done: AttemptEnded = {
      ...ended,
      failure: failure ?? changes?.failure ?? null,
      patchFile: changes?.kept === true ? patch.name : null,
      ...(changes?.state !== undefined && { worktree: changes.state }),
    }
    const last =
      task.effects === undefined || done.failure !== null
        ? done
        : await doOutside(done, { text: said, json: conclusion.json, change: changes?.leaving })
    if (prepared.memory !== undefined && last.failure === null) {
      const { keepMemory } = await import('./attempt-memory.ts')
      await keepMemory(task, last, prepared.memory, { ...context, stopped: hasStopped })
    }
    context.emit(last)
    await context.places.discard(number)
  }

  stopping.stop.addEventListener('abort', () => turn?.leave())
  return carryOut().finally(() => turn?.leave())
}

/** Keeps what others take up or people read of its conversation, before its home is gone; answers where the transcript is. */
async function keepConversation(
  task: Task,
  { agent, directory }: Prepared,
  session: string | null,
  context: AttemptContext,
): Promise<string | undefined> {
  const { runDirectory, redactor } = context
  const warn = (message: string | undefined): void => {
    if (message !== undefined) context.emit({ type: 'notice', level: 'warning', id: task.id, message })
  }
  if (task.keepsSession && session !== null) {
    const { keepSession } = await import('./kept-session.ts')
    warn(keepSession(task, agent, { home: directory.home, runDirectory }))
  }
  if (task.transcript !== true || agent.sessions === undefined) return undefined
  const { keepTranscript } = await import('./keep-transcript.ts')
  const { name, path } = logPath(task, 'transcript.jsonl', context)
  const { kept, warning } = keepTranscript(agent.sessions, directory, session, { path, redactor })
  warn(warning)
  return kept ? name : undefined
}

/** What an agent asked of its models costs; a command asks none. */
async function priced(
  conclusion: Conclusion,
  { agent, payer, lease }: Prepared,
  { priceList }: AttemptContext,
): Promise<Conclusion & { readonly accounts: readonly ModelAccount[] }> {
  if (agent.kind !== 'agent') return { ...conclusion, accounts: [] }
  const { priceAttempt } = await import('./price-attempt.ts')
  return priceAttempt(conclusion, payer, lease, priceList)
}

/** Waits until the program of the agent is there in the version wanted, or until the attempt is stopped; a failure where it cannot be had. */
async function missingProgram(
  { runtime }: Task,
  installer: Installer,
  { stop }: Stopping,
  { agents }: AttemptContext,
): Promise<{ readonly failure: Failure } | undefined> {
  const agent = agents.get(runtime)
  if (agent === undefined || stop.aborted) return undefined
  const stopped = new Promise<undefined>((resolve) =>
    stop.addEventListener('abort', () => resolve(undefined), { once: true }),
  )
  const problem = await Promise.race([installer.ready(agent), stopped])
  return problem === undefined ? undefined : cannotStart('INSTALL', problem)
}

/** How an attempt's changes are to leave as a commit; nothing where they are not. */
function leavingOf(
  { effects, workspace }: Task,
  { bounds }: AttemptContext,
): Pick<Parameters<WorktreeWorkspace['finish']>[0], 'leave'> {
  const asked = [effects?.pullRequest, effects?.push].filter((rule) => rule !== undefined)
  if (asked.length === 0) return {}
  const ofRun = [effects?.pullRequest && bounds?.pullRequest, effects?.push && bounds?.push]
  const rules = [...asked, ...ofRun.filter((rule) => rule !== undefined)]
  return {
    leave: {
      allowPaths: workspace.allowPaths ?? [],
      paths: rules.flatMap(({ paths }) => (paths === undefined ? [] : [paths])),
      maxBytes: Math.min(...rules.map(({ maxBytes = Number.POSITIVE_INFINITY }) => maxBytes)),
    },
  }
}

/** A simulated model has no key to be given. */
function explained(failure: Failure, agent: Agent, { endpoint, find, env }: AttemptDirectory): Failure {
  return endpoint === undefined || endpoint.real
    ? withRemedy(failure, agent, find(agent.program) !== undefined, env)
    : failure
}

async function openWorktree(
  { workspace: { group } }: Task,
  number: number,
  context: AttemptContext,
): Promise<WorktreeWorkspace | { readonly failure: Failure }> {
  try {
    const name = `${context.runId}-${number}`
    return await (group === undefined ? context.worktrees.open(name) : context.worktrees.openShared(group, name))
  } catch (error) {
    return cannotStart('WORKTREE', messageOf(error))
  }
}

/** Of a group's worktree, what a resumed run needs; and its changes as a patch where a failure may be the last word on them. */
async function keepIn(
  own: WorktreeWorkspace | undefined,
  failure: Failure | null,
  patchFile: string,
): Promise<(Changes & { readonly state?: WorktreeState }) | undefined> {
  if (own === undefined) return undefined
  try {
    const state = await own.state()
    const changes = failure === null ? { kept: false, notices: [] } : await own.keep(patchFile)
    return { ...changes, state }
  } catch (error) {
    const detail = plainLine(`its changes could not be kept: ${messageOf(error)}`)
    return { kept: false, notices: [], failure: { kind: 'crash', detail } }
  }
}

/** What a failure report shows: of an agent what it said, since its output is a protocol; of a command what it printed. */
function tailOf(agent: Agent, exit: Exit, said: string): string {
  return [agent.kind === 'agent' ? said : exit.stdoutTail, exit.stderrTail]
    .map((text) => lastCharacters(text.trim()))
    .filter((text) => text !== '')
    .join('\n')
}

function lastCharacters(text: string): string {
  if (text.length <= tailLimit) return text
  const start = text.indexOf('\n', text.length - tailLimit)
  return start === -1 ? endOf(text, tailLimit) : text.slice(start + 1)
}

function unstarted({ id, attempt, runtime, model }: Task, failure: Failure): AttemptEnded {
  return blankEnd({ id, attempt, failure, durationMs: 0, runtime, model: model ?? null, accounting: freeAccounting })
}
