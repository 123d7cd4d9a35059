import type { DiffPart } from '../core/changes.ts';
/** How a file is to be read. */
export interface ReadRegularFileOptions {
    /** A larger file is refused. */
    readonly maxBytes: number;
    /** Whether a symbolic link may stand for the file; default: yes. */
    readonly followLinks?: boolean;
}
/**
 * Reads a whole file that must be a regular one within a size: neither a named pipe that nobody writes to nor a device without an end holds
 * us up. Throws as `node:fs` does, and an error whose message says what is there instead.
 */
export declare function readRegularFile(path: string | Buffer, { maxBytes, followLinks }: ReadRegularFileOptions): Buffer;
/** Reads these parts of a regular file, one behind the other; what lies past its end is nothing. A link does not stand for it. Throws as `readRegularFile`. */
export declare function readFileParts(path: string, parts: readonly DiffPart[]): Buffer;
/** The text of a regular file of at most `maxBytes`. Throws as `readRegularFile`. */
export declare function readTextFile(path: string, maxBytes?: number): string;
/** Opens a file for reading if it is a regular one; the descriptor is the caller's to close. Throws as `readRegularFile`. */
export declare function openRegularFile(path: string | Buffer, followLinks?: boolean): number;
/** What is there is no file that can be read to its end, or is larger than anyone would want. */
export declare class NotRegularError extends Error {
    readonly name = "NotRegularError";
}
