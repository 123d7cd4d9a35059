import type { createWorktreeWorkspaces, WorktreeWorkspaces } from './worktree-workspace.ts'

/** As `createWorktreeWorkspaces`, whose code is read when the first worktree is asked for: most runs have none. */
export function createLazyWorktrees(options: Parameters<typeof createWorktreeWorkspaces>[0]): WorktreeWorkspaces {
  let loading: Promise<WorktreeWorkspaces> | undefined
  const load = async (): Promise<WorktreeWorkspaces> => {
    const module = await import('./worktree-workspace.ts')
    return module.createWorktreeWorkspaces(options)
  }
  const worktrees = (): Promise<WorktreeWorkspaces> => (loading ??= load())
  return {
    open: async (name) => (await worktrees()).open(name),
    openShared: async (group, name) => (await worktrees()).openShared(group, name),
    complete: async (effect) => (await worktrees()).complete(effect),
    remove: async () => (await loading)?.remove(),
  }
}
