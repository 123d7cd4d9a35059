/**
 * The temporary directories of a run, outside the run directory: transcripts of agents hold prompts and are not uploaded.
 * Nothing is made before it is needed: plain commands share one temporary directory and have no home of their own.
 */
export interface TemporaryPlaces {
    /** Shared by all plain commands. */
    shared(): string;
    /** Where worktrees are made; the directory itself is not. */
    worktrees(): string;
    /** Path for the output file of the nth attempt; the file itself is made by whoever writes to it. */
    outputFile(attempt: number): string;
    /** The nth attempt's own home and temporary directory, made when first read. */
    own(attempt: number, userHome: string | undefined): {
        readonly home: string;
        readonly temp: string;
        readonly used: boolean;
    };
    /** Removes what the nth attempt had; never rejects. */
    discard(attempt: number): Promise<void>;
    /** Removes everything; never throws. */
    remove(): void;
}
/**
 * Temporary places below `parent`, in a directory that only we can read and whose name says whose it is (see `removeLeftovers`).
 */
export declare function createTemporaryPlaces(parent: string, runId: string): TemporaryPlaces;
