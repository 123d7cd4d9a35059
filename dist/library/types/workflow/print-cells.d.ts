import type { JsonObject } from '../core/json.ts';
import type { PrintedEntry } from './print-process.ts';
/** A cell of a static matrix: its values, and the entry that it alone would be. */
export interface PrintedCell {
    readonly values: JsonObject;
    readonly entry: PrintedEntry;
}
/** One entry for all cells of a matrix: where they differ, an expression over `matrix` says how. */
export declare function mergeCells(cells: readonly PrintedCell[]): PrintedEntry;
/** The same part of the entry of one cell. */
interface Part {
    readonly values: JsonObject;
    readonly part: unknown;
}
/**
 * A name with `${{ matrix.x }}` in it that gives each cell the name it has; undefined where none was found. Names know no
 * other expressions, so what varies must be values of the cell as they are.
 */
export declare function mergeNames(parts: readonly Part[]): unknown;
export {};
