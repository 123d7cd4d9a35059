import { type ReportRow } from './report-model.ts';
import type { Standing } from './standing.ts';
/** The rows of a run with its outermost matrices folded: a table and a graph show each as one thing, which opens to its cells. */
export interface FoldedRows {
    /** Without what is inside of a matrix. */
    readonly outer: readonly ReportRow[];
    /** By the id of a matrix, all that is inside of it, in order. */
    readonly inside: ReadonlyMap<string, readonly ReportRow[]>;
    /** What is shown of an id: that of the matrix around it, else itself. */
    shownAs(id: string): string;
}
/** Folds the matrices of a run; rows stand after the group they are in. */
export declare function foldMatrices(rows: readonly ReportRow[]): FoldedRows;
/** What stands before a row or a result line. */
export declare const signs: Readonly<Record<Standing, string>>;
/** `12 ✅ 1 ❌` over the processes among some rows; empty where there are none. */
export declare function countSigns(rows: readonly ReportRow[]): string;
