import type { PatchEffect } from '../core/effect.ts';
import type { FileName } from './file-name.ts';
import type { ScratchGit } from './scratch-git.ts';
import { type Change } from './trees.ts';
/** What is to be done to a working tree, or why nothing is. */
export type PatchPlan = {
    readonly kind: 'effect';
    readonly effect: PatchEffect;
} | {
    readonly kind: 'nothing';
} | {
    readonly kind: 'conflict';
    readonly files: readonly FileName[];
} | {
    readonly kind: 'refused';
    readonly files: readonly FileName[];
    readonly why: string;
};
/**
 * Works out what a change from one tree to another makes of the files of a working tree as they stand now: a three-way merge file by file.
 * Nothing is changed yet. `allows` says which protected files may be changed; `obeyed` are files of the run's own that are protected too.
 */
export declare function planPatch(git: ScratchGit, root: string, trees: {
    readonly base: string;
    readonly theirs: string;
}, allows: (name: FileName) => boolean, obeyed?: ReadonlySet<string>): Promise<PatchPlan>;
/** What of some changes is refused for its path, or where a link leads; undefined when nothing is. */
export declare function findRefused(git: ScratchGit, changes: readonly Change[], allows: (name: FileName) => boolean, obeyed?: ReadonlySet<string>): Promise<Extract<PatchPlan, {
    kind: 'refused';
}> | undefined>;
