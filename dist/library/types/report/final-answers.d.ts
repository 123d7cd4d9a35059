import type { ReportModel, ReportRow } from './report-model.ts';
/** The answers that reports show: those that `report.answer` names, as far as there are any, else the final ones. */
export declare function findAnswers(model: Pick<ReportModel, 'rows' | 'edges' | 'answerOf'>): ReportRow[];
