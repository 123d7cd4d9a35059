import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays a model to OpenCode. */
export declare const opencodeModel: SimulatedModel;
