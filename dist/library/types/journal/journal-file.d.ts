import type { Seal } from './seal.ts';
import { type Line } from './redact-event.ts';
/** The journal of a run, open for appending. */
export interface JournalFile {
    /**
     * Writes a line, which has its line end, and its checksum, with one call or with one a piece: once this returns, a killed orchestrator does
     * not lose it. A file that is found changed is not written to any more. Never throws.
     */
    append(line: Line): void;
    /** Begins to make everything written so far survive a power cut; otherwise that happens 100 ms after a write. */
    sync(): void;
    /** Syncs what is not yet, looks whether all of it is there as it was written, and closes. Appending afterwards does nothing. */
    close(): Promise<void>;
    /** Set once a write or a sync has failed: the file ends with the last event that was written whole, nothing is appended any more. */
    readonly failed: Error | undefined;
}
/**
 * Opens a journal, creating it where there is none; a torn last line (ours died in the middle of a write) is cut off.
 * What is appended to a new one can be sealed. Throws when the file cannot be opened. `onError` is called once, at the first write or sync that fails.
 */
export declare function openJournal(path: string, onError: (error: Error) => void, seal?: Seal): JournalFile;
