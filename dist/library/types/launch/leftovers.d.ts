/** File in a run's temporary directory that names the repository whose worktrees stand there. */
export declare const repositoryFile = "repository";
/** File in a run's temporary directory that tells other containers whether its run goes on. */
export declare const claimFile = "claim";
/** Start of the name of a run's temporary directory: whose it is can be told when nobody is left to remove it. */
export declare function temporaryPrefix(runId: string): string;
/**
 * Removes the temporary directories, with their worktrees and containers, of every orchestrator of this user that was killed, whatever its run. What cannot
 * be removed stays; never rejects.
 */
export declare function removeLeftovers(parent: string, env: Readonly<Record<string, string>>, environment: Readonly<Record<string, string | undefined>>): Promise<void>;
