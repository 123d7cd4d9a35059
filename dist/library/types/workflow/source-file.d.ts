import type { Position, SourceRange } from '../core/diagnostic.ts';
/** A text with a name, and where its lines begin. */
export interface SourceFile {
    readonly path: string;
    readonly text: string;
    /** Offsets of the first character of each line. */
    readonly lineStarts: readonly number[];
}
/** Most lines of a file: what has more would keep the parser busy for long, and is refused. */
export declare const lineLimit = 500000;
/** A source file; a byte order mark is dropped, so that columns count what one sees. */
export declare function createSourceFile(path: string, raw: string): SourceFile;
/** Line and column of an offset. */
export declare function positionAt(file: SourceFile, offset: number): Position;
/** The stretch from one offset to another (exclusive); both are brought inside the text. */
export declare function rangeAt(file: SourceFile, start: number, end: number): SourceRange;
