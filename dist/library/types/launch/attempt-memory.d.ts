import type { AttemptEnded } from '../core/event.ts';
import type { KnownMemory, MemoryChange, MemoryStore } from '../core/memory.ts';
import type { Task } from '../core/task.ts';
import type { LauncherOptions } from './launcher-options.ts';
/** The memory of an attempt: its directory, and what was in it; undefined where it could not be read, and is not written then. */
export interface OpenedMemory {
    readonly path: string;
    readonly known: KnownMemory | undefined;
}
type Around = Pick<LauncherOptions, 'memory' | 'redactor' | 'emit'>;
/** Lays the files of a memory into a new directory. A memory that cannot be read is empty, which is said. */
export declare function openMemory({ id, memory: rule }: Task, path: string, { memory, emit }: Around): Promise<OpenedMemory>;
/** What a prompt says of it. */
export declare function describeMemory(path: string): string;
/**
 * Keeps what an attempt that ended well has left in its memory: the files that differ from those it was given, masked, announced in the journal and then
 * written. What cannot be kept is said, and changes nothing of how the attempt ended.
 */
export declare function keepMemory({ id, attempt, memory: rule }: Task, ended: AttemptEnded, { path, known }: OpenedMemory, { memory, redactor, emit, stopped }: Around & {
    readonly stopped: () => boolean;
}): Promise<void>;
/** Writes what an earlier process was about to write; answers with a message where it could not. */
export declare function keepMemoryAgain(name: string, changes: readonly MemoryChange[], memory: MemoryStore | undefined): Promise<string | undefined>;
export {};
