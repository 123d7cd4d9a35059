import type { Task } from '../core/task.ts';
import type { Exit } from '../process/spawn.ts';
import type { Conclusion, Earlier } from '../agents/agent.ts';
import { type AttemptContext, type Prepared, type PreparedProcess } from './prepare-attempt.ts';
/** An answer that breaks the output schema, and how to go on with the session that gave it. */
export interface Repairable extends Earlier {
    readonly failure: {
        readonly kind: 'invalid-output';
        readonly detail: string;
    };
    readonly argv: readonly string[];
}
/** Whether there is something to repair and somebody to ask; no answer satisfies a schema that cannot be checked. */
export declare function findRepairable({ agent, directory }: Prepared, task: Task, conclusion: Conclusion): Promise<Repairable | undefined>;
/** The process of the same attempt that goes on with the session of its first one, in the same place and with logs of its own. */
export declare function prepareRepair({ agent, directory, spawn }: Prepared, task: Task, repairable: Repairable, context: AttemptContext): Promise<PreparedProcess>;
/** The answer stays as it is, for this reason. */
export declare function unrepaired(repairable: Repairable, why: string): Conclusion;
/** How the attempt ended once its agent was asked again. When that gave no answer at all, the one before is still the invalid answer. */
export declare function afterRepair(repairable: Repairable, repaired: Conclusion): Conclusion;
/** The end of a process with the time of the attempt instead of its own. */
export declare function countFrom(exit: Exit, usedMs: number): Exit;
