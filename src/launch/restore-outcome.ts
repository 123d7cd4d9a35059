import { readTextFile } from '../process/read-regular-file.ts'
import { resolve } from 'node:path'
import type { OutcomeCache } from '../core/outcome-cache.ts'
import type { Task } from '../core/task.ts'
import { markVariable } from '../process/mark.ts'
import type { Agent } from '../agents/agent.ts'
import { isCredential, networkNames, pickEnvironment } from '../agents/environment.ts'
import { attachFiles } from './attach.ts'
import { attachOptionsOf, type AttemptContext } from './prepare-attempt.ts'
import { causeOf, type Stopping } from './stopping.ts'

/**
 * Tells the outcome that an earlier run had of this task, and that nothing has to be started for it. Answers whether there is one; where not, the
 * cache says why, and the attempt is made.
 */
export async function restoreOutcome(
  task: Task,
  cache: OutcomeCache,
  stopping: Stopping,
  context: AttemptContext,
): Promise<boolean> {
  const agent = context.agents.get(task.runtime)
  if (agent === undefined) return false
  const attachments = await readAttachments(task, context)
  // It cannot start: that is for the attempt to say.
  if (attachments === undefined) return false
  const own = pickEnvironment(context.environment, task.envFrom ?? [])
  const path = task.env['PATH'] ?? own['PATH'] ?? context.common['PATH'] ?? ''
  const found = await cache.find(task, {
    kind: agent.kind,
    program: context.installer?.path(agent.program) ?? context.find(agent.program, path),
    ...(agent.package && { npm: agent.package.npm }),
    versionArgs: agent.versionArgs,
    variables: variablesOf(task, agent, context),
    attachments,
  })
  if (causeOf(stopping) !== undefined) return false
  if ('missed' in found) {
    context.emit(found.missed)
    return false
  }
  context.emit(found.restored)
  context.emit(found.ended)
  return true
}

/**
 * What a process gets besides the variables of its task, as far as that may change what it does: `env-from`, those of its provider but the way to it, whether its secrets
 * are there, and of what all processes get (GitHub's and the runner's, the language, the zone) what its own text names.
 */
function variablesOf(task: Task, agent: Agent, context: AttemptContext): Record<string, string> {
  const { environment, common } = context
  const variables: Record<string, string> = {}
  const isSimulated = agent.kind === 'agent' && context.provide?.(task).endpoint !== undefined
  if (!isSimulated) {
    const provider = pickEnvironment(environment, agent.providerEnv)
    for (const name of networkNames) delete provider[name]
    for (const [name, value] of Object.entries(provider)) variables[name] = isCredential(name, value) ? 'set' : value
    for (const name of task.secrets) variables[name] = environment[name] ? 'set' : 'missing'
  }
  const text = JSON.stringify([task.action, task.args, task.instructions])
  for (const [name] of text.matchAll(/[A-Z_]{2,}/g)) {
    const value = common[name]
    if (value === undefined || name === markVariable) continue
    // What it leads to is what counts.
    variables[name] = name === 'GITHUB_EVENT_PATH' ? contentOf(value) : value
  }
  return { ...variables, ...pickEnvironment(environment, task.envFrom ?? []) }
}

function contentOf(path: string): string {
  try {
    return readTextFile(path)
  } catch {
    return ''
  }
}

/** What each entry of `attach` stands for; of the diff, what changed and not from which commit to which. */
async function readAttachments(task: Task, context: AttemptContext): Promise<Record<string, string> | undefined> {
  const { workspace } = context
  const options = attachOptionsOf(task, resolve(workspace, task.workingDirectory ?? ''), workspace, context)
  const texts: Record<string, string> = {}
  if (task.action.kind !== 'prompt') return texts
  for (const [index, pattern] of task.attach.entries()) {
    const range = { base: null, head: null }
    const changes = options.changes && { ...options.changes, diff: { ...options.changes.diff, range } }
    const attached = await attachFiles('', [pattern], { ...options, ...(changes && { changes }) })
    if ('problem' in attached) return undefined
    texts[`${index} ${pattern}`] = attached.prompt
  }
  return texts
}
