import type { Bus } from '../journal/bus.ts';
import type { RunDirectory } from '../journal/run-directory.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { RunOutcomes } from './outcome-cache.ts';
import type { RunOptions } from './run-options.ts';
/** The outcomes of earlier runs, where an instance has a cache and there is a place for them; else nothing of it is loaded. */
export declare function outcomesFor(options: RunOptions, root: string, directory: RunDirectory, bus: () => Bus<ReportModel>): Promise<RunOutcomes | undefined>;
