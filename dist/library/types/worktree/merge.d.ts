import type { ScratchGit } from './scratch-git.ts';
import { type Entry } from './trees.ts';
/** What a path holds after both changes; `conflict` when they do not go together. */
export type Merged = {
    readonly entry: Entry | undefined;
} | 'conflict';
/**
 * Brings a change from `base` to `theirs` to where `ours` stands, as `git merge-file` does for the lines of a text. What is no text, a link, and
 * what only one side has removed go together only when one side has left them as they were.
 */
export declare function mergeEntries(git: ScratchGit, base: Entry | undefined, ours: Entry | undefined, theirs: Entry | undefined): Promise<Merged>;
