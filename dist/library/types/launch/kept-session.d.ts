import type { Agent, ContinuedSession } from '../agents/agent.ts';
import type { Task } from '../core/task.ts';
/**
 * Keeps the files of a session for those who take it up: as they are, since a CLI does not go on with a conversation in which words were masked. They are
 * for our user alone and in no artifact. Returns why nothing is kept, one line.
 */
export declare function keepSession({ id, attempt }: Task, { sessions }: Agent, { home, runDirectory }: {
    readonly home: string;
    readonly runDirectory: string;
}): string | undefined;
/** Puts the files of the session that a task takes up where the CLI of this attempt looks for them; or says why there is none, one line. */
export declare function takeUpSession(task: Task, { name, sessions }: Agent, { home, runDirectory }: {
    readonly home: string;
    readonly runDirectory: string;
}): ContinuedSession | {
    readonly problem: string;
};
