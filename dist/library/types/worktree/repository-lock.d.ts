/**
 * Does something to a repository while no other orchestrator does: makes or removes worktrees, changes its files. The lock is a file in the
 * folder that all its worktrees share, as git's own are.
 */
export declare function withRepositoryLock<T>(commonFolder: string, act: () => Promise<T>, limitMs?: number): Promise<T>;
