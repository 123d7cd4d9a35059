import { hasForgiven, type Result } from '../core/outcome.ts'
import type { InstanceState } from '../core/run-state.ts'

/**
 * Where something stands: once it ended one of the four results, or that its failure was forgiven by `continue-on-error` or superseded by a later round;
 * else what it is doing, or was doing, or had not begun to do, when the orchestrator was killed.
 */
export type Standing =
  | Result
  | 'forgiven'
  | 'superseded'
  | 'running'
  | 'retrying'
  | 'waiting'
  | 'interrupted'
  | 'unstarted'

/** What has become of a run without an end: it goes on, or its orchestrator was killed. */
export type RunCourse = 'going' | 'killed'

/** What is shown for a standing where others are shown as they are called. */
const words: Partial<Readonly<Record<Standing, string>>> = {
  forgiven: 'failure (forgiven)',
  superseded: 'failure (in an earlier round)',
  unstarted: 'not started',
}

/** A standing in words: `failure (forgiven)`. */
export function standingWords(standing: Standing): string {
  return words[standing] ?? standing
}

const noMembers: ReadonlyMap<string, InstanceState[]> = new Map()

/** Where an instance stands now. A group has no attempts: with its `members` known, it runs while any member does or some have ended and others have not. */
export function standingOf(at: InstanceState, members: ReadonlyMap<string, InstanceState[]> = noMembers): Standing {
  if (at.status === 'ended') return hasForgiven(at) ? 'forgiven' : (at.result ?? 'failure')
  if (at.instance.kind !== 'group') return at.status
  const all = members.get(at.instance.id) ?? []
  return all.some((member) => standingOf(member, members) !== 'waiting') ? 'running' : 'waiting'
}
