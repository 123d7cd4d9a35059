import type { ReportModel, ReportRow } from './report-model.ts';
/**
 * The answers of agents that no later answer builds upon, in the order of the plan: what the run was for, also where a command that publishes it
 * runs afterwards.
 */
export declare function findAnswers({ rows, edges }: Pick<ReportModel, 'rows' | 'edges'>): ReportRow[];
