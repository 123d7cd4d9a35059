import type { PatchEffect } from '../core/effect.ts';
import { type FileName } from './file-name.ts';
import type { Repository } from './repository.ts';
import type { ScratchGit } from './scratch-git.ts';
/** Files of the working tree that are neither as they were nor as they shall be. */
export declare class FilesChanged extends Error {
    readonly files: readonly FileName[];
    constructor(files: readonly FileName[]);
}
/**
 * Does what an effect says, or the rest of it. Each file is changed in one step; where one cannot be, those before it are put back. Throws
 * FilesChanged where a file is in neither state, and what the file system says, with nothing changed.
 */
export declare function changeFiles(git: ScratchGit, { root, gitFolder }: Repository, effect: PatchEffect): Promise<void>;
/** Removes what a killed orchestrator left; only for who holds the repository's lock. */
export declare function removeStaging({ gitFolder }: Repository): void;
