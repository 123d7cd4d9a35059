import type { PatchEffect, WorktreeState } from '../core/effect.ts';
import type { FileName } from './file-name.ts';
import { type PatchPlan } from './plan-patch.ts';
import type { ReadFiles, ReadLimits } from './read-changed-files.ts';
import { type Repository } from './repository.ts';
import { type Snapshot } from './snapshot.ts';
type Environment = Readonly<Record<string, string>>;
/** A checkout of its own. */
export interface Worktree {
    /** Absolute. */
    readonly path: string;
    /** The files it began with: its changes are told against this tree, whatever was committed in it meanwhile. */
    readonly base: string;
    /** Hex; the repository's HEAD when it was made. */
    readonly commit: string;
    /** Submodules whose files were copied into it. */
    readonly submodules: readonly FileName[];
    /** The files it has now. */
    snapshot(): Promise<Snapshot>;
}
/** What one run does with the worktrees of one repository. */
export interface Worktrees {
    readonly repository: Repository;
    /**
     * Checks out the repository's HEAD at `path`, on no branch, with the files of the effects named to `remember` as they stand in the repository
     * now; not what else is uncommitted there. Rejects with git's own words.
     */
    open(path: string): Promise<Worktree>;
    /** The same with the files that another worktree held, and the tree that one began with. */
    reopen(path: string, state: WorktreeState): Promise<Worktree>;
    /** What differs between two snapshots, as a patch that `git apply` takes. False, and no file, when nothing does. */
    writePatch(base: string, tree: string, file: string): Promise<boolean>;
    /**
     * Brings what differs between two snapshots to the files of the repository, alone among all orchestrators. `announce` is asked when all is known and
     * nothing is done; when it says no, nothing is.
     */
    apply(trees: {
        readonly base: string;
        readonly theirs: string;
    }, allows: (name: FileName) => boolean, announce: (effect: PatchEffect) => boolean): Promise<PatchPlan | {
        readonly kind: 'stopped';
    }>;
    /** What differs between two snapshots, to be made a commit elsewhere. */
    readChanges(trees: {
        readonly base: string;
        readonly theirs: string;
    }, limits: Omit<ReadLimits, 'obeyed'>): Promise<ReadFiles>;
    /** Does the rest of an effect that was announced, by this process or by another. Throws FilesChanged. */
    complete(effect: PatchEffect): Promise<void>;
    /** From now on, new worktrees have what an effect made of its files. */
    remember(effect: PatchEffect): Promise<void>;
    /** Removes every worktree below a directory, and the directory. */
    remove(under: string): Promise<void>;
}
/**
 * Worktrees of the repository around `workspace`, with a folder for files of their own. No patch changes the files that the run `obeys`, unless it is
 * allowed. Throws where there is no repository.
 */
export declare function createWorktrees(workspace: string, scratch: () => string, env: Environment, obeys?: readonly string[]): Worktrees;
export {};
