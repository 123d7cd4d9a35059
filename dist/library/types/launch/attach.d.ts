import { type AttachedDiff } from '../core/changes.ts';
/** Where the files that stand behind a prompt may come from. */
export interface AttachOptions {
    /** Patterns are looked for in these directories, the first that has a match wins. */
    readonly roots: readonly string[];
    /**
     * A file behind a pattern that is confined is refused when its real path is outside these directories, or inside a `.git` of theirs: a
     * stranger's tree may hold symbolic links, an upstream may name any path, and `.git/config` may hold a token.
     */
    readonly confinedTo?: readonly string[];
    /** Default: every pattern. */
    readonly confines?: (pattern: string) => boolean;
    /** Others attach the same to prompts of their own: then it comes first. */
    readonly isShared?: boolean;
    /** What the pattern `changes` stands for, and the directory of its diff file; without it, for a file of that name. */
    readonly changes?: {
        readonly diff: AttachedDiff;
        readonly directory: string;
    };
    /** What the pattern `threads` stands for; without it, for a file of that name. */
    readonly threads?: string;
}
/** A prompt with its attachments (and, where they come first, how many characters these are), or why they could not be attached. */
export type Attached = {
    readonly prompt: string;
    readonly sharedLength?: number;
} | {
    readonly problem: string;
};
/** Most bytes of a prompt; Claude Code refuses more on standard input. */
export declare const promptLimit = 10000000;
/**
 * Puts files behind a prompt, each in a fence longer than any fence inside it and labelled as data, so that what a file says
 * cannot pass for instructions of the user. A pattern that matches nothing is a problem, never silently nothing; one that is empty,
 * as an expression over an upstream without output is, is said to be nothing.
 */
export declare function attachFiles(prompt: string, patterns: readonly string[], options: AttachOptions): Promise<Attached>;
