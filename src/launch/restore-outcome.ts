import { resolve } from 'node:path'
import type { OutcomeCache } from '../core/outcome-cache.ts'
import type { Task } from '../core/task.ts'
import { pickEnvironment } from '../agents/environment.ts'
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
    variables: own,
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
