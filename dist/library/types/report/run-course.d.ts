import type { ReportModel } from './report-model.ts';
import type { RunCourse, Standing } from './standing.ts';
/** A report by one who knows that the run goes on, or that nothing of it does any more. One that has ended is as it was. */
export declare function withCourse(model: ReportModel, course: RunCourse): ReportModel;
/** What a run has come to, in words: `success`, `is running`. */
export declare function courseWords({ result, course }: Pick<ReportModel, 'result' | 'course'>): string;
/** The standing of a whole run. */
export declare function standingOfRun({ result, course, interruptedBy }: ReportModel): Standing;
