import type { ReportModel } from './report-model.ts';
/**
 * The run as a Mermaid flowchart coloured by outcome, groups as boxes; a conditional edge carries its condition, a taken one is
 * thick, one not taken dotted. Undefined when it would be more than GitHub draws.
 */
export declare function renderMermaid(model: Pick<ReportModel, 'rows' | 'edges'>): string | undefined;
