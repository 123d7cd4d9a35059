import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays Claude to Claude Code. */
export declare const claudeModel: SimulatedModel;
