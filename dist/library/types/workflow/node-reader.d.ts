import { type YAMLMap } from 'yaml';
import type { Diagnostics } from './diagnostics.ts';
import type { Origins, Plain } from './origins.ts';
import { type SourceFile } from './source-file.ts';
/** A map that is being read, perhaps in several pieces. */
export interface OpenMap {
    readonly start: number;
    readonly end: number;
    readonly map: Record<string, unknown>;
    readonly keys: string[];
    readonly places: number[];
    readonly merged: Plain[];
}
/** A pair whose value was begun in earlier pieces: where its key stands, and what there is of the value. */
export interface Continued {
    readonly keyOffset: number;
    readonly value: OpenMap;
}
/** Turns nodes of the parser's tree into plain data, in the order of the document. */
export interface NodeReader {
    read(node: unknown, depth: number): unknown;
    /** A map without keys that stands where `node` stands. */
    open(node: YAMLMap, inPieces: boolean): OpenMap;
    /** Adds the pairs of a piece. */
    extend(open: OpenMap, node: YAMLMap, depth: number, continued?: Continued): void;
    /** The map, with what its merge keys bring. */
    close(open: OpenMap): Plain;
}
/** A reader with no anchors yet; it reports what is wrong with keys, aliases and numbers. */
export declare function createNodeReader(file: SourceFile, origins: Origins, diagnostics: Diagnostics): NodeReader;
