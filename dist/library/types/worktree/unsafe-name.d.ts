import { type FileName } from './file-name.ts';
/**
 * Whether a part of a path is `.git` somewhere: in another case, by its short name on NTFS (`GIT~1`), with what Windows drops at the
 * end (`.git. `, `.git::$INDEX_ALLOCATION`), with characters that a Mac ignores. A backslash begins a new part on Windows.
 */
export declare function isGitFolder(part: string): boolean;
/** Whether a path leads into a `.git`, at any depth, or out of the folder it is in. */
export declare function isUnsafe(name: FileName): boolean;
/**
 * Whether a path is obeyed by something, so that a patch changes it only where the file names it: by agents and GitHub, or by the run, whose own files
 * are `obeyed` (as `plainPath` writes them).
 */
export declare function isProtected(name: FileName, obeyed?: ReadonlySet<string>): boolean;
/** Whether agents that are started in a working tree obey a file of it: their CLIs read it by themselves. */
export declare function isConfiguration(path: string): boolean;
/** Pathspecs of git for what agents obey, wherever it lies. */
export declare function configurationPathspecs(): string[];
/** A path as the least careful file system sees it. */
export declare function plainPath(path: string): string;
/** Whether a link of the repository leads out of it, as far as its text tells. */
export declare function leadsOutside(name: FileName, target: string): boolean;
