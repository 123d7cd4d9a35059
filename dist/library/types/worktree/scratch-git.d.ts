import type { Repository } from './repository.ts';
/** What one command of a scratch git works on. */
export interface ScratchCall {
    /** The files it reads or writes; default none. */
    readonly workTree?: string;
    /** Path of its index. */
    readonly index?: string;
    /** One character a byte. */
    readonly stdin?: string;
    /** With the conversions of a checkout (line ends, encodings) instead of the bytes as they are. */
    readonly converts?: true;
    /** A repository of somebody's to read instead, with its own configuration. */
    readonly at?: string;
    /** Answers of its own that are no failure. */
    readonly accepts?: (code: number) => boolean;
}
/**
 * Git with the objects of a repository, and nothing else of it: neither its configuration nor the attributes of its files, so that nothing that was
 * written there runs or changes a byte. Answers have one character a byte; rejects with git's own words.
 */
export interface ScratchGit {
    run(args: readonly string[], call?: ScratchCall): Promise<string>;
    /** A folder of its own for indexes and other files that nobody else reads. */
    readonly folder: string;
}
/** Of the files in `info`, which somebody may have made large: git reads each with every command. */
export declare const infoLimit: number;
/** Makes a scratch git in an empty folder, with what the user's configuration says now about how files lie on disk. */
export declare function createScratchGit(repository: Repository, folder: string, env: Readonly<Record<string, string>>, abort?: AbortSignal): Promise<ScratchGit & {
    readonly settings: ReadonlyMap<string, string>;
}>;
