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
/** What may be made a commit elsewhere. */
export interface ReadLimits {
    /** Which protected files may be in it. */
    readonly allows: (name: FileName) => boolean;
    /** Which files at all; absent: any. */
    readonly within?: (name: FileName) => boolean;
    /** Of all files together. */
    readonly maxBytes: number;
    /** Files that the run obeys. */
    readonly obeyed?: ReadonlySet<string>;
}
/** Reads what changed, so that it can be made a commit elsewhere: text files, no submodules. */
export declare function readChangedFiles(git: ScratchGit, trees: {
    readonly base: string;
    readonly theirs: string;
}, { allows, within, maxBytes, obeyed }: ReadLimits): Promise<ReadFiles>;
