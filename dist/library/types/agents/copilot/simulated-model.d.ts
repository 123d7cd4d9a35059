import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays a model to the Copilot CLI. */
export declare const copilotModel: SimulatedModel;
