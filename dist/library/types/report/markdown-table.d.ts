import { type ReportModel, type ReportRow } from './report-model.ts';
import type { Standing } from './standing.ts';
/** What stands before a row or a result line. */
export declare const signs: Readonly<Record<Standing, string>>;
/**
 * The table of instances with its totals; with `maxRows` smaller than the run, those that failed first, then by the plan's order,
 * and a row that says how many are left out.
 */
export declare function renderTable(model: ReportModel, maxRows: number): string;
/** `7 success, 1 failure, 1 failure forgiven` over the processes of a run. */
export declare function describeStandings(rows: readonly ReportRow[]): string;
