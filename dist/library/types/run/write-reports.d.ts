import type { RunDirectory } from '../journal/run-directory.ts';
import type { ReadChanges } from './read-changes.ts';
import type { ReportModel } from '../report/report-model.ts';
/** The two reports every run leaves beside its journal; also called by whoever finishes a crashed run. */
export declare function writeReports(report: ReportModel, directory: Pick<RunDirectory, 'path'>): void;
/** Writes the diff of what changed, where the plan asks for it. */
export declare function writeDiff(directory: string, found: ReadChanges | undefined): void;
