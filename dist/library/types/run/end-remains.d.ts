/** Ends what is left of a run whose orchestrator is dead: its processes, containers, worktrees and temporary directories. */
export declare function endRemains(runId: string, environment: Readonly<Record<string, string | undefined>>): Promise<void>;
