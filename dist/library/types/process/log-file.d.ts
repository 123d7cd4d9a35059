/** An append-only file fed by a stream. */
export interface LogFile {
    /**
     * Takes a buffer over with its memory, which must be its own and is freed once it is written. Returns false when the producer
     * must pause until `onDrain`.
     */
    write(buffer: Uint8Array): boolean;
    /** Resolves once everything is written and the file is closed. */
    close(): Promise<void>;
}
/**
 * Opens a log lazily: the file exists only when something was written to it, because an instance that says nothing
 * should not cost two files. Writes are asynchronous, one at a time, whatever has gathered meanwhile in one call.
 * After an error (a full disk, a missing folder) everything further is dropped and `onError` is called once.
 */
export declare function openLogFile(path: string, onDrain: () => void, onError: (error: Error) => void): LogFile;
/**
 * Gives the memory behind a buffer back at once where the engine can (Node ≥ 22): left to the garbage collector, 64 KiB a read
 * grow to some 60 MB before it looks.
 */
export declare function freeMemory(buffer: Uint8Array): void;
