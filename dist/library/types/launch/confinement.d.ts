import type { ProcessLimits } from '../core/instance.ts';
import type { Task } from '../core/task.ts';
import type { Agent, AttemptDirectory } from '../agents/agent.ts';
import type { Exit, Spawn } from '../process/spawn.ts';
/** What stands between the processes of one attempt and the machine: a container, a sandbox. */
export interface Confinement {
    /** What to start so that the program runs inside. */
    around(spawn: Spawn): Spawn;
    /** Of the limits of the attempt, those it does not see to itself. */
    watched(limits: ProcessLimits): ProcessLimits;
    /** Once what was started has ended: how its program did, when nothing of it is left. Never rejects. */
    settle(exit: Exit): Promise<Exit>;
}
/** What the program of an attempt needs of the machine, by absolute paths. */
export interface NeededPlaces {
    readonly read: readonly string[];
    readonly write: readonly string[];
}
/** What a confined attempt is made of. */
export interface ConfinedAttempt {
    readonly task: Task;
    readonly agent: Agent;
    readonly directory: AttemptDirectory;
    /** The root of its working tree. */
    readonly tree: string;
    /** The main working tree of the repository. */
    readonly workspace: string;
    readonly runDirectory: string;
    /** Where its CLI is installed, where we did that. */
    readonly installed: string | undefined;
    /** Files and directories of the run that it writes to, besides its own. */
    readonly shared: readonly string[];
}
