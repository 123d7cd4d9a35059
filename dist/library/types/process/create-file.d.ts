/**
 * Opens a new file for writing and answers its descriptor. What is there already, a link that was planted included, is removed, never
 * written through. Throws as `node:fs` does.
 */
export declare function createFile(path: string, mode?: number): number;
/**
 * As `createFile`, in a folder that we made and programs of the run can reach: refused where a link has taken its place since, for what is written would land
 * where that leads.
 */
export declare function createFileInside(path: string): number;
/** Writes a new file as `createFile` opens it, in one piece or several. */
export declare function writeNewFile(path: string, content: string | Uint8Array | Iterable<string>, mode?: number): void;
/** Opens a file for reading and appending, making it where there is none. Throws as `node:fs` does, and when a link or no file stands there. */
export declare function openForAppending(path: string): number;
