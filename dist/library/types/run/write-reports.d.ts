import type { RunDirectory } from '../journal/run-directory.ts';
import type { ReportModel } from '../report/report-model.ts';
/** The two reports every run leaves beside its journal; also called by whoever finishes a crashed run. */
export declare function writeReports(report: ReportModel, directory: Pick<RunDirectory, 'path'>): void;
