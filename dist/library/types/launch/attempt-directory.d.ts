/**
 * The temporary directories of a run, outside the run directory: transcripts of agents hold prompts and are not uploaded.
 * Nothing is made before it is needed: plain commands share one temporary directory and have no home of their own.
 */
export interface TemporaryPlaces {
    /** Shared by all plain commands. */
    shared(): string;
    /** Where worktrees are made; the directory itself is not. */
    worktrees(): string;
    /** Path of the output file of the nth attempt; undefined where none was made. */
    outputFile(attempt: number): string | undefined;
    /** Makes that file, empty (see `OutputFiles`). */
    makeOutputFile(attempt: number): string;
    /** The nth attempt's own home and temporary directory, made when first read. */
    own(attempt: number, userHome: string | undefined): OwnPlaces;
    /** Removes what the nth attempt had; never rejects. */
    discard(attempt: number): Promise<void>;
    /** What the fork server locks for us, so that nobody takes all this for left behind. */
    claim(): number | undefined;
    /** Removes everything; never rejects. */
    remove(): Promise<void>;
}
/**
 * Temporary places below `parent`, in a directory that only we can read and whose name says whose it is (see `removeLeftovers`).
 */
export declare function createTemporaryPlaces(parent: string, runId: string): TemporaryPlaces;
/** An attempt's own home and temporary directory, made when first read. A class: getters of a literal cost V8 a hidden class for each object. */
declare class OwnPlaces {
    #private;
    constructor(makeOwn: (name: string) => string, userHome: string | undefined);
    get home(): string;
    get temp(): string;
}
export {};
