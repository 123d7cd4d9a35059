import type { Instance } from './instance.ts';
import type { Json, JsonObject } from './json.ts';
/** One combination of a matrix. `slug` is unique in its matrix, also where file names ignore case; `label` is Actions' `a, 1`. */
export interface MatrixCell {
    readonly values: JsonObject;
    readonly slug: string;
    readonly label: string;
}
/** Most cells one matrix may have; a product of a few long lists is a mistake, not a plan. */
export declare const matrixLimit = 10000;
/** A matrix that has no meaning: `key` names the part of it that is wrong, where there is one. */
export declare class MatrixError extends Error {
    readonly key: string | undefined;
    constructor(message: string, key?: string);
}
/**
 * The cells of a matrix, with GitHub Actions' rules: the product of the lists (the last key turns fastest), less what
 * `exclude` matches, then `include` adds to every original combination it does not contradict, or else becomes a cell
 * of its own. `include` and `exclude` may also stand inside `matrix`, as in Actions. Throws `MatrixError`.
 */
export declare function matrixCells(matrix: Json, include?: Json, exclude?: Json): MatrixCell[];
/** The cells of a matrix that someone wrote, or what is wrong with it. */
export declare function readCells(...written: Parameters<typeof matrixCells>): MatrixCell[] | MatrixError;
/**
 * The nodes of one cell, from a template whose ids start with `<group>.*`: ids, edges, parents and members get the cell's
 * slug, labels its values, and every node its `matrix`.
 */
export declare function instantiateTemplate(template: readonly Instance[], group: string, cell: MatrixCell): Instance[];
/** `Build ${{ matrix.os }}` with the values put in; other expressions are left as they are. */
export declare function renderMatrixLabel(label: string, values: JsonObject): string;
/** What a cell is called: the name with its values put in, or Actions' `name (a, 1)` where the name does not mention them. */
export declare function cellLabel(name: string, cell: Pick<MatrixCell, 'values' | 'label'>): string;
