import type { MemoryStore } from '../core/memory.ts';
import type { RunOptions } from './run-options.ts';
/** What keeps the memories of a run, where an instance has one: at a desk a directory below `root`. A simulated run reads it, and leaves it as it is. */
export declare function memoryFor({ plan, memory, simulation }: Pick<RunOptions, 'plan' | 'memory' | 'simulation'>, root: () => string): Promise<{
    memory?: MemoryStore;
}>;
