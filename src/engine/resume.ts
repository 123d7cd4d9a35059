import type { RunResumed, Stamped } from '../core/event.ts'
import { holdReserve } from './budget.ts'
import { applyEdge, followEdges } from './edges.ts'
import { createTally, endOf, type Link, type Node } from './node.ts'
import { setDeadline, type Progress } from './progress.ts'
import { isReopened, isUnneeded } from '../core/outcome.ts'
import { closeCircuits } from './provider.ts'
import { followQuorums } from './quorum.ts'
import { isSuperseded } from './rounds.ts'
import { isCollecting } from './shard.ts'
import { countEnd } from './tally.ts'

/**
 * A later process takes over: what failed, was stopped, or was kept from running is open again, and so is what was skipped
 * for its sake. What succeeded stays as it is, whatever becomes of the rest, but for what only cleaned up after it; so does all of a round after which
 * another one came. What decisions alone change is as it was at first: reading a journal decides nothing.
 */
export function reopenRun(progress: Progress, event: Stamped<RunResumed>): void {
  progress.interrupted = undefined
  progress.ending = 'running'
  progress.deadlines.cleanup = Number.POSITIVE_INFINITY
  progress.finished = false
  progress.paused.clear()
  progress.runPaused = false
  closeCircuits(progress)
  startTimeout(progress, event.at)
  for (const node of findReopened(progress, event.only)) reopen(progress, node)
  for (const node of progress.nodes)
    if (node.state.status === 'judged' && node.last?.failure?.kind === 'cancelled') beginAgain(node)
  replayEdges(progress)
}

function findReopened(progress: Progress, only: RunResumed['only']): Set<Node> {
  const found = new Set<Node>()
  const named = only === undefined ? progress.nodes : only.flatMap((id) => progress.byId.get(id) ?? [])
  const open = named.filter((node) => {
    const end = endOf(node)
    return end !== undefined && isReopened(end)
  })
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (found.has(node) || isSuperseded(node) || isIdle(node) || node.elsewhere) continue
    found.add(node)
    for (const { to } of node.outgoing) {
      const end = endOf(to)
      if (end !== undefined && (end.result !== 'success' || to.instance.kind === 'group' || to.afterInterrupt))
        open.push(to)
    }
  }
  return found
}

/** Whether it, or a group around it, was cancelled because it was not needed: that stays so. */
function isIdle(node: Node): boolean {
  return isUnneeded(endOf(node)) || (node.parent !== undefined && isIdle(node.parent))
}

function reopen(progress: Progress, node: Node): void {
  beginAgain(node)
  progress.remaining++
  holdReserve(progress, node)
}

function beginAgain(node: Node): void {
  node.state = { status: 'waiting' }
  node.definition = node.instance.kind === 'process' ? node.instance.process : undefined
  node.fallback = -1
  node.tries = 0
  node.afterInterrupt = false
}

/** Counts edges and results anew, from what has ended and stays so. Nothing is about to start: that is decided, and reading a journal decides nothing. */
function replayEdges(progress: Progress): void {
  progress.work.cancel.length = 0
  const asked: { readonly link: Link; readonly taken: boolean }[] = []
  progress.work.edges.length = 0
  for (const node of progress.nodes) {
    if (node.group !== undefined) node.group.tally = createTally()
    for (const quorum of node.group?.quorums ?? []) {
      quorum.ended = 0
      quorum.taken = 0
    }
    node.fresh = true
    node.undecided = 0
    node.closed = 0
    node.taken = 0
    node.refused = undefined
    node.starts = []
    node.notBefore = undefined
    node.ancestorFailed = false
    node.ancestorCancelled = false
    for (const link of node.incoming) {
      if (link.mandatory) node.closed++
      else node.undecided++
      if (link.state !== 'undecided' && typeof link.edge.when !== 'string' && link.from.state.status === 'ended')
        asked.push({ link, taken: link.state === 'taken' })
      link.state = 'undecided'
    }
  }
  for (const { link, taken } of asked) applyEdge(progress, link, taken)
  // As they came: what a member came to is known of its group before that goes on, also of a member that joined the plan later.
  const ends = progress.nodes.flatMap((node) => (node.state.status === 'ended' ? [{ node, ended: node.state }] : []))
  for (const { node, ended } of ends.toSorted((one, other) => one.ended.seq - other.ended.seq)) {
    countEnd(progress, node, ended)
    followQuorums(progress, node)
    followEdges(progress, node)
  }
  for (const node of progress.nodes) progress.work.settle.push(node)
  for (const { group } of progress.nodes) if (group !== undefined) group.standing = group.tally.failure
  const unneeded = progress.work.cancel.filter(({ cause }) => cause === 'not-needed')
  progress.work.cancel.splice(0, Infinity, ...unneeded)
}

/** The time limit of the whole run, counted from its start or resume. */
export function startTimeout(progress: Progress, at: number): void {
  if (!isCollecting(progress)) setDeadline(progress, 'run', at, progress.started?.plan.timeoutMs)
}
