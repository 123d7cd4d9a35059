import { type KeyPart } from '../cache/content-key.ts';
import type { TaskSurroundings } from '../core/outcome-cache.ts';
/**
 * The program of a runtime and its version, as a part of a content key: by its package, else by what it says of itself, once in a process and for as long as its
 * file is the same. A shell is told by its name alone: what it runs is in the files.
 */
export declare function programVersion(runtime: string, around: TaskSurroundings, options: {
    readonly workspace: string;
    readonly env: Readonly<Record<string, string>>;
}): Promise<KeyPart>;
