/** A directory that is ours until we release it or die. */
export interface Hold {
    /** What the fork server locks for us. */
    readonly claim: number;
    release(): void;
}
/**
 * Takes a run directory for this process, or says which one has it. A file `<pid>-<start>-<namespace>.lock` stands for its holder, so that one whose
 * holder is dead is known for what it is, and removed (see `makeClaim`). Of two that begin at the same moment each sees the other: at most one
 * goes on. A process may hold a directory several times; the first release ends it. Throws as `node:fs` does.
 */
export declare function holdDirectory(path: string): Hold | {
    readonly heldBy: number;
    readonly file: string;
};
/** The process that holds a directory now; undefined when nobody does, as far as can be told. Throws as `node:fs` does. */
export declare function holderOf(path: string): number | undefined;
