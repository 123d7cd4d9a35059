/** A file of git's in a folder that git would wait for without end: a named pipe, a device. Undefined where there is none, or the signal says that nobody asks any more. */
export declare function findBlockingFile(folder: string, signal: AbortSignal): Promise<string | undefined>;
