import type { createWorktreeWorkspaces, WorktreeWorkspaces } from './worktree-workspace.ts';
/** As `createWorktreeWorkspaces`, whose code is read when the first worktree is asked for: most runs have none. */
export declare function createLazyWorktrees(options: Parameters<typeof createWorktreeWorkspaces>[0]): WorktreeWorkspaces;
