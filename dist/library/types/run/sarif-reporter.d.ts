import type { Reporter } from '../core/reporter.ts';
import type { ReportModel } from '../report/report-model.ts';
/**
 * Writes the file that `report.sarif` names, from the root of the repository. Where no instance reported, it writes nothing and says so: a file
 * without results would mean that all was looked at, and whoever uploads it that what was found earlier is gone.
 */
export declare function createSarifReporter(path: string, workspace: string): Reporter<ReportModel>;
