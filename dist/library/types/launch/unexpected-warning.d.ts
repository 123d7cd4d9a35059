import type { Conclusion } from '../agents/agent.ts';
import type { Failure } from '../core/failure.ts';
import type { Task } from '../core/task.ts';
/** What `expect.no-warnings` makes of the warnings of an attempt that is none the worse for them otherwise. */
export declare function unexpectedWarning({ expect: { noWarnings } }: Task, { remarks, denials }: Pick<Conclusion, 'remarks' | 'denials'>): Failure | undefined;
