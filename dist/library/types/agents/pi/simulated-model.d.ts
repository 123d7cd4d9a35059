import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays a model to pi; its tool has the name of OpenCode's and Copilot's, without a description. */
export declare const piModel: SimulatedModel;
