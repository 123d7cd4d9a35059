import type { MemoryStore } from '../core/memory.ts';
/** Memories of a desk: a directory each below `root`. Files are replaced whole, so that runs at the same time do not mix. */
export declare function createLocalMemory(root: string): MemoryStore;
