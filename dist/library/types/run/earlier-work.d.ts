import type { Deed, PatchEffect, WorktreeState } from '../core/effect.ts';
import type { RunState } from '../core/run-state.ts';
/** The files of the repository that the run has changed so far. */
export declare function effectsOf(state: RunState): PatchEffect[];
/** What instances have asked for on GitHub so far: of each, the last that was begun. */
export declare function deedsOf(state: RunState): (readonly [string, readonly Deed[]])[];
/** What the worktrees of groups held when the last of their members ended. */
export declare function sharedWorktreesOf(state: RunState): Map<string, WorktreeState>;
