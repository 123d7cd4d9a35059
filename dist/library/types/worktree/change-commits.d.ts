import type { Repository } from './repository.ts';
/** Commits of a repository, of which a shallow or partial clone may have to be given more first. */
export interface Commits {
    /** The commit that a name means; undefined where there is none. */
    resolve(name: string): Promise<string | undefined>;
    /** The commits of these names (hex), fetched where they are missing; undefined where the remote has them no more. */
    obtain(shas: readonly string[]): Promise<boolean>;
    /** Where two commits parted, with as much of their past fetched as that takes; undefined where they have nothing in common. */
    mergeBase(one: string, other: string): Promise<string | undefined>;
    /** Has a partial clone fetch what lies between two commits; nothing in a whole one. */
    complete(before: string, after: string): Promise<void>;
    /** The tip of a branch, of the remote where it is not here. */
    branch(name: string): Promise<string | undefined>;
}
/** What the search for commits is given. */
export interface CommitsOptions {
    readonly env: Readonly<Record<string, string>>;
    /** Longest time for all that is asked of the remote; default a minute. */
    readonly fetchMs?: number;
    readonly abort?: AbortSignal;
}
/** Opens the history of a repository. Nothing is fetched before it is missing; nothing but commits and what they hold is changed. */
export declare function openCommits(repository: Repository, options: CommitsOptions): Commits;
