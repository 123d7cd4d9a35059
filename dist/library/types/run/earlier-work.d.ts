import type { Effect, WorktreeState } from '../core/effect.ts';
import type { RunState } from '../core/run-state.ts';
/** What the run has changed outside so far. */
export declare function effectsOf(state: RunState): Effect[];
/** What the worktrees of groups held when the last of their members ended. */
export declare function sharedWorktreesOf(state: RunState): Map<string, WorktreeState>;
