import type { SimulatedModel } from '../../simulate/model-api.ts';
/** How the model server plays Gemini to Gemini CLI. */
export declare const geminiModel: SimulatedModel;
