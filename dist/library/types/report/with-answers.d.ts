import type { ReportModel } from './report-model.ts';
/** The model of a run with the means to show its answers as Markdown, which are loaded only where there are answers. */
export declare function withAnswers(model: ReportModel, redact?: (text: string) => string): Promise<ReportModel>;
