import type { Repository } from './repository.ts';
type Environment = Readonly<Record<string, string>>;
/** Adds a worktree without files at a commit, on no branch; answers with its own git folder. Rejects with git's own words. */
export declare function addLinkedWorktree(repository: Repository, path: string, commit: string, env: Environment): Promise<string>;
/**
 * Removes every worktree of the repository that lies under a directory, whatever state a killed run left it in, and the directory; never rejects. The lock on the
 * repository is waited for so many milliseconds, or as long as its holder may be stopped.
 */
export declare function removeLinkedWorktrees(repository: Repository, under: string, env: Environment, lockMs?: number): Promise<void>;
/** The commit that the repository's working tree stands on. */
export declare function headCommit(repository: Repository, env: Environment): Promise<string>;
export {};
