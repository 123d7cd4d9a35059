import type { Task } from '../core/task.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Served } from '../agents/proxy/forward.ts';
import type { CountedApi } from '../agents/proxy/count-usage.ts';
/** Keeps what the models of a run answer, as rules that give it again. */
export interface Recorder {
    add(task: Pick<Task, 'id' | 'attempt'>, api: CountedApi, served: readonly Served[]): void;
    /** Writes them, without secrets. Throws as `node:fs` does. */
    write(path: string, redactor: Redactor): void;
}
/** An empty one. */
export declare function createRecorder(): Recorder;
