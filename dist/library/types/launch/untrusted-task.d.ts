import type { Failure } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
import type { Agent } from '../agents/agent.ts';
import type { LauncherOptions } from './launcher-options.ts';
/** Where an agent is started, and whose that is. */
interface Place extends Pick<LauncherOptions, 'trust'> {
    readonly cwd: string;
    /** The working tree. */
    readonly tree: string;
}
/**
 * A task as it may be carried out where a stranger made the working tree, or caused the run: then an agent obeys nothing of the tree, and on a
 * stranger's event it may read at most.
 */
export declare function untrustedTask(task: Task, agent: Agent, place: Place): {
    task: Task;
} | {
    failure: Failure;
};
export {};
