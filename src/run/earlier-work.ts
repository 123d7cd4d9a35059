import type { Deed, PatchEffect, WorktreeState } from '../core/effect.ts'
import type { RunState } from '../core/run-state.ts'

/** The files of the repository that the run has changed so far. */
export function effectsOf(state: RunState): PatchEffect[] {
  const attempts = [...state.instances.values()].flatMap((instance) => instance.attempts)
  return attempts.flatMap(({ effect, ended }) =>
    effect?.effect.kind === 'patch' && ended?.failure === null ? [effect.effect] : [],
  )
}

/** What instances have asked for on GitHub so far: of each, the last that was begun. */
export function deedsOf(state: RunState): (readonly [string, readonly Deed[]])[] {
  return [...state.instances.values()].flatMap(({ instance, attempts }) =>
    attempts.flatMap(({ effect }) =>
      effect?.effect.kind === 'github' ? [[instance.id, effect.effect.deeds] as const] : [],
    ),
  )
}

/** What the worktrees of groups held when the last of their members ended. */
export function sharedWorktreesOf(state: RunState): Map<string, WorktreeState> {
  const ends = [...state.instances.values()].flatMap(({ instance, attempts }) =>
    attempts.flatMap(({ ended }) => (ended?.worktree === undefined ? [] : [{ instance, ended, left: ended.worktree }])),
  )
  const shared = new Map<string, WorktreeState>()
  for (const { instance, left } of ends.toSorted((one, other) => one.ended.seq - other.ended.seq)) {
    const group = instance.kind === 'process' ? instance.process.workspace.group : undefined
    if (group !== undefined) shared.set(group, left)
  }
  return shared
}
