import type { Result } from '../core/outcome.ts'
import { record, type Decision } from './decision.ts'
import { reportOvershoot } from './enforce-budgets.ts'
import type { Progress } from './progress.ts'
import { count, listNames } from './reasons.ts'

/** Records the end of the run when everything in it has ended. */
export function finishRun(decision: Decision): void {
  const { progress } = decision
  if (progress.remaining > 0 || progress.ending) return
  progress.ending = true
  reportOvershoot(decision)
  record(decision, { type: 'run.ended', ...resultOf(progress) })
}

function resultOf(progress: Progress): { result: Result; reason: string } {
  const { tally, interrupted } = progress
  if (tally.failure > 0 || groupFailed(progress)) {
    const failed = progress.nodes.filter((node) => node.result === 'failure' && node.instance.kind === 'process')
    const names = (failed.length > 0 ? failed : progress.nodes.filter((node) => node.result === 'failure'))
      .filter((node) => node.instance.kind !== 'gate')
      .map((node) => node.instance.id)
    return { result: 'failure', reason: `${count(names.length, 'instance')} failed: ${listNames(names)}` }
  }
  if (interrupted !== undefined)
    return {
      result: 'cancelled',
      reason: interrupted.cause === 'run-timeout' ? 'the run took too long' : `interrupted by ${interrupted.by}`,
    }
  if (tally.denied > 0)
    return { result: 'failure', reason: `${count(tally.denied, 'instance')} could not run for want of budget or quota` }
  if (tally.cancelled > 0) return { result: 'cancelled', reason: `${count(tally.cancelled, 'instance')} cancelled` }
  if (tally.attempted === 0)
    return { result: 'skipped', reason: 'nothing ran: nothing is green because nothing happened' }
  return { result: 'success', reason: '' }
}

/** A group can fail without a failed member: its matrix made no sense, or its outputs. */
function groupFailed(progress: Progress): boolean {
  return progress.nodes.some((node) => node.parent === undefined && node.result === 'failure')
}
