import type { RunEvent } from '../core/event.ts'
import type { Instance, ProcessInstance } from '../core/instance.ts'
import { stopped } from '../journal/known-node.ts'

/**
 * What an event of the attempt before, on another machine, is to this one; undefined where it is nothing. Its reports are none of this one, and what an instance did to that machine is not
 * on this one: it begins again.
 */
export function carryOver<E extends RunEvent>(
  event: E,
  instanceOf: (id: string) => Instance | undefined,
): E | undefined {
  if (event.type === 'report.delivered' || event.type === 'report.failed' || event.type === 'run.ended')
    return undefined
  if (event.type === 'effect.started' && event.effect.kind === 'patch') return undefined
  if (event.type !== 'instance.ended' || event.outcome !== 'success') return event
  const instance = instanceOf(event.id)
  if (instance?.kind !== 'process' || isCarried(instance)) return event
  return { ...event, ...stopped, detail: 'what it did to the machine of the previous attempt is not on this one' }
}

/** Whether all that an instance does is its answer: agents that change no file of the repository. */
function isCarried({ pool, process: { workspace, safety, allowedTools = [], args } }: ProcessInstance): boolean {
  if (pool !== 'agents') return false
  if (workspace.kind === 'worktree') return !workspace.apply && workspace.group === undefined
  if (safety === 'read-only' || safety === 'manual') return true
  const writes = /\b(?:Edit|Write|MultiEdit|NotebookEdit)\b|acceptEdits|bypass|danger|full-auto|workspace-write|yolo/i
  return safety === 'default' && ![...allowedTools, ...args].some((word) => writes.test(word))
}
