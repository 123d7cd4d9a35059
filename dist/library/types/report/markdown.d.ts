import { type ReportModel } from './report-model.ts';
/**
 * The run as GitHub Markdown, what people look for first: the verdict, the final answer, the failures with why and their last lines; then, folded,
 * other answers, the table and the graph. Never more than `maxBytes` of UTF-8; what had to be left out is said at the end.
 */
export declare function renderMarkdown(model: ReportModel, options: {
    readonly maxBytes: number;
}): string;
/** `❌ **name** failure in 3m 05s: 7 success, 1 failure · 12,345 tokens · $0.12`, and whether it was simulated or interrupted. */
export declare function renderResultLine(model: ReportModel): string;
