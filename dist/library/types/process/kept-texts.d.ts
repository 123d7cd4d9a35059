import type { KeptText, ReadKeptText } from '../core/kept-text.ts';
/** Writes a text, which holds no secret any more, into a new file of a directory and begins to force it to the disk. Throws as `node:fs` does. */
export declare function keepText(directory: string, file: string, text: string): KeptText;
/** Reads the texts that a run has kept in its directory; each is what was written, or the reader throws. */
export declare function readerOfTexts(directory: string): ReadKeptText;
