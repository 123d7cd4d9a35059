/**
 * The files behind `$ORCHESTRATOR_OUTPUT`. As GITHUB_OUTPUT's each is there for who appends to it, and for who refuses to make it: empty, in a
 * directory of its own whose name nobody can guess, so that what runs at the same time does not find it by counting.
 */
export interface OutputFiles {
    /** Makes one; returns its path. */
    make(): string;
    /** Removes one and all that is in its directory. */
    discard(path: string): void;
    /** Settles once nothing is being removed in the background. */
    settled(): Promise<void>;
}
/**
 * Output files below `parent`, which is there when the first is made. A directory that was left empty becomes that of a later file, under
 * another name: renaming one costs ext4 a tenth of removing and making one. That is done in a turn of its own, when whatever was waiting for the end of the
 * instance has been started, and the later file is made there and then.
 */
export declare function createOutputFiles(parent: () => string): OutputFiles;
