import type { ChangedFile } from '../core/effect.ts';
import { type FileName } from './file-name.ts';
import type { ScratchGit } from './scratch-git.ts';
/** What changed from one tree to another, content and all; or what of it may not leave, and why. */
export type ReadFiles = {
    readonly kind: 'files';
    readonly files: readonly ChangedFile[];
} | {
    readonly kind: 'refused';
    readonly files: readonly FileName[];
    readonly why: string;
};
/**
 * Reads what changed, so that it can be made a commit elsewhere: text files of at most `maxBytes` together, no submodules, none of the protected files but those
 * that `allows` names.
 */
export declare function readChangedFiles(git: ScratchGit, trees: {
    readonly base: string;
    readonly theirs: string;
}, allows: (name: FileName) => boolean, maxBytes: number): Promise<ReadFiles>;
