import type { ModelApi } from './model-api.ts';
/** OpenAI's Responses API. */
export declare const responsesApi: ModelApi;
