import { listNames } from '../core/list-names.ts'
import { isUnneeded, type Result } from '../core/outcome.ts'
import { blockingFindings } from '../findings/gate.ts'
import { describeUnchanged } from '../core/review-thread.ts'
import { record, type Decision } from './decision.ts'
import { denials } from './denials.ts'
import { reportOvershoot } from './enforce-budgets.ts'
import { isForgiven } from './forgiven.ts'
import { findingsOf } from './assessed-findings.ts'
import { endOf } from './node.ts'
import type { Progress } from './progress.ts'
import { isOwn } from './shard.ts'
import { isSuperseded } from './rounds.ts'
import { count, explainInterruption } from './reasons.ts'

/** Records the end of the run when everything in it has ended. */
export function finishRun(decision: Decision): void {
  const { progress } = decision
  if (progress.remaining > 0 || progress.taking) return
  reportOvershoot(decision)
  record(decision, { type: 'run.ended', ...resultOf(progress) })
}

function resultOf(progress: Progress): { result: Result; reason: string } {
  const { interrupted } = progress
  const nodes = progress.nodes.filter((node) => isOwn(progress, node))
  if (interrupted?.cause === 'run-timeout')
    return { result: 'failure', reason: `timeout: ${explainInterruption(progress)}` }
  const processes = nodes.filter((node) => node.instance.kind === 'process' && !isForgiven(node))
  const failed = processes.filter((node) => endOf(node)?.result === 'failure')
  // A group can fail without a failed member: its matrix made no sense, or its outputs.
  const groups = nodes.filter(
    (node) =>
      endOf(node)?.result === 'failure' &&
      node.instance.kind === 'group' &&
      node.instance.link === undefined &&
      !isSuperseded(node),
  )
  if (failed.length > 0 || groups.some(({ parent }) => parent === undefined)) {
    const names = (failed.length > 0 ? failed : groups).map(({ instance }) => instance.id)
    return { result: 'failure', reason: `${count(names.length, 'instance')} failed: ${listNames(names)}` }
  }
  if (interrupted !== undefined) return { result: 'cancelled', reason: explainInterruption(progress) }
  const ends = processes.flatMap((node) => endOf(node) ?? [])
  const denied = ends.filter(({ result, reason }) => result === 'skipped' && denials.has(reason))
  if (denied.length > 0)
    return {
      result: 'failure',
      reason: `${count(denied.length, 'instance')} could not run because the budget or quota ran out`,
    }
  const cancelled = ends.filter((end) => end.result === 'cancelled' && !isUnneeded(end))
  if (cancelled.length > 0) return { result: 'cancelled', reason: `${count(cancelled.length, 'instance')} cancelled` }
  const gate = progress.shard?.name === undefined ? blocked(progress) : undefined
  if (gate !== undefined) return { result: 'failure', reason: gate }
  const since = progress.started?.context.since
  // The review that stands is what this run comes to.
  if (since?.changes.files.length === 0 && nodes.every(({ attempt }) => attempt === 0))
    return { result: 'success', reason: describeUnchanged(since) }
  if (nodes.every(({ attempt }) => attempt === 0)) return { result: 'skipped', reason: 'nothing ran' }
  return { result: 'success', reason: '' }
}

/** Why `report.fail-on` does not let the run succeed. */
function blocked(progress: Progress): string | undefined {
  const gate = progress.started?.plan.report.failOn
  if (gate === undefined) return undefined
  const [worst, ...others] = blockingFindings(findingsOf(progress).standing, gate)
  if (worst === undefined) return undefined
  const place = worst.path === null ? '' : ` (${worst.path}${worst.line === null ? '' : `:${worst.line}`})`
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return `report.fail-on: ${worst.severity} finding "${worst.title}"${place}${more}`
}
