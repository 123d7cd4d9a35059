import type { Readable } from 'node:stream';
import type { ByteRedactor } from '../core/redactor.ts';
import type { LineSplitter } from './line-splitter.ts';
/** One output stream of a child being read: redacted into its log, excerpted, split into lines. */
export interface ChildOutput {
    /** Bytes the child wrote. */
    readonly bytes: () => number;
    readonly head: () => string;
    readonly tail: () => string;
    /** From here on the child is still read, so that it does not block, but nothing is kept. */
    discard(): void;
    /** Ends the lines and the log; resolves when the log is closed. `cut` says that the child may have been ended while it wrote. */
    finish(cut: boolean): Promise<void>;
}
/** How to read a stream. */
export interface ChildOutputOptions {
    readonly file: string;
    readonly redactor: ByteRedactor | undefined;
    readonly headChars: number;
    readonly tailBytes: number;
    readonly lines: LineSplitter | undefined;
    /** Called before each chunk is kept. */
    readonly onChunk: (bytes: number) => void;
    readonly onLogError: (error: Error) => void;
}
/** Starts reading; the stream is paused while its log waits for the disk, which blocks the child on its pipe. */
export declare function readOutput(stream: Readable, options: ChildOutputOptions): ChildOutput;
