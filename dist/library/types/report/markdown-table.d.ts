import { type ReportModel, type ReportRow } from './report-model.ts';
/**
 * The table of instances with its totals, in which a matrix is one row, and a table that opens for each matrix; with `maxRows` smaller than the run,
 * those that failed first, then by the plan's order, and a row that says how many are left out.
 */
export declare function renderTables(model: ReportModel, maxRows: number): string;
/** `7 success, 1 failure, 2 failures forgiven` over the processes of a run. */
export declare function describeStandings(rows: readonly ReportRow[]): string;
