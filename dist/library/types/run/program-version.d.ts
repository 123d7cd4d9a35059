import { type KeyPart } from '../cache/content-key.ts';
import type { CustomRuntime } from '../core/custom-runtime.ts';
import type { TaskSurroundings } from '../core/outcome-cache.ts';
/**
 * The program of a runtime and its version, as a part of a content key: by its package, else by what it says of itself, else by its content; once in a process and for
 * as long as its file is the same. Of a CLI that the file declares all of its definition counts. A shell is told by its name alone: what it runs is in the files.
 */
export declare function programVersion(runtime: string, declared: CustomRuntime | undefined, around: TaskSurroundings, options: {
    readonly workspace: string;
    readonly env: Readonly<Record<string, string>>;
}): Promise<KeyPart>;
