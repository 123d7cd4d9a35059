import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays a model to Qwen Code. */
export declare const qwenModel: SimulatedModel;
