import { type ReportModel } from './report-model.ts';
/**
 * The run as GitHub Markdown, what people look for first: the verdict, the final answer, the failures with why and their last lines; then, folded,
 * other answers, the table and the graph. Never more than `maxBytes` of UTF-8; what had to be left out is said at the end.
 */
export declare function renderMarkdown(model: ReportModel, options: {
    readonly maxBytes: number;
}): string;
