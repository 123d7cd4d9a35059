import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays a model of OpenAI's to Codex; its shell tool has had several shapes, and depends on the model. */
export declare const codexModel: SimulatedModel;
